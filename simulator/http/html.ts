/** A page as embedded web servers answer it instead of JSON. */
export function errorPage(title: string, text: string): string {
  return `<html><head><title>Document Error: ${title}</title></head>\r\n<body><h2>Access Error: ${title}</h2>\r\n<p>${text}</p></body></html>\r\n`;
}

/** What a device that has just started or lost its session answers, with status 200. */
export const loginPage = `<!DOCTYPE html><html><head><title>Web Management System</title></head><body><form action="/goform/login" method="post"><input name="username"><input name="password" type="password"></form></body></html>\r\n`;
