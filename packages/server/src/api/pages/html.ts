/** Text in HTML. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** Text with `code` between backticks. */
export const prose = (text: string): string =>
  escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
