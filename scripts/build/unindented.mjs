/** HTML as a browser shows it without how its lines are indented, save what is preformatted: the package is to be small. */
export const unindented = (html) =>
  html.replace(/<pre>[\s\S]*?<\/pre>|^ +/gm, (found) => (found.startsWith('<') ? found : ''));
