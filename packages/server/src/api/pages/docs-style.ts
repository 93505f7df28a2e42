/** How the page looks, by day and by night. */
export const style = `:root{color-scheme:light dark;--ground:#f7f6f2;--text:#1b1e21;--quiet:#5c6166;--line:#ddd9d0;--accent:#9a5b00}
@media(prefers-color-scheme:dark){:root{--ground:#14171a;--text:#eceae4;--quiet:#a2a8ae;--line:#30363c;--accent:#ffb73d}}
body{font:16px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--text);max-width:60rem;margin:40px auto;padding:0 16px}
a{color:var(--accent)}code{font-family:ui-monospace,monospace;font-size:14px}nav a{margin-right:12px}.quiet,small{color:var(--quiet)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line);padding:4px 12px 4px 0;font-size:14px}
article{border-top:1px solid var(--line);margin-top:24px}`
