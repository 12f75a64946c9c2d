/** Brings a style sheet into the editor, once for all who want it: `id` is its element's. */
export function addStyleSheet(id: string, sheet: string): void {
  if (document.getElementById(id) !== null) return;
  const element = document.createElement('style');
  element.id = id;
  element.textContent = sheet;
  document.head.append(element);
}
