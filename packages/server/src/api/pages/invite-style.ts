/** How the page of an invite looks, by day and by night. */
export const inviteStyle = `:root{color-scheme:light dark;--ground:#f3f1ec;--card:#fff;--text:#1b1e21;--quiet:#5c6166;--line:#ddd9d0;--accent:#8a5100;--on:#fff;--bad:#a3261b;--code:#f3f1ec}
@media(prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1d2125;--text:#eceae4;--quiet:#a2a8ae;--line:#363d44;--accent:#ffb73d;--on:#1b1e21;--bad:#ff9c8f;--code:#14171a}}
*{box-sizing:border-box}
body{font:16px/1.55 system-ui,sans-serif;background:var(--ground);color:var(--text);margin:0;padding:min(10vh,72px) 16px 48px;display:flex;flex-direction:column;align-items:center;gap:20px}
header{display:flex;align-items:center;gap:10px;font-weight:650;font-size:18px;letter-spacing:.01em}
header svg{width:18px;fill:var(--accent)}
main{display:flex;flex-direction:column;gap:16px;width:100%;max-width:34rem}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:28px 32px;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.25;margin:0 0 8px}
h2{font-size:16px;margin:24px 0 6px}
p{margin:0 0 12px}
.quiet{color:var(--quiet)}
.bad{color:var(--bad)}
.row{display:flex;flex-wrap:wrap;gap:10px;margin-top:20px}
.field{display:flex;gap:8px;margin:0 0 8px}
.field code,.field input{flex:1;min-width:0;font:14px/1.4 ui-monospace,monospace;background:var(--code);color:inherit;border:1px solid var(--line);border-radius:8px;padding:9px 12px}
.field code{overflow-x:auto;white-space:nowrap}
button{font:inherit;font-weight:550;padding:9px 18px;border-radius:8px;border:1px solid var(--line);background:var(--card);color:var(--text);cursor:pointer}
.field button{padding:7px 14px;font-size:14px;min-width:5.2rem}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on)}
button:hover{border-color:var(--text)}
button:disabled{opacity:.55;cursor:default}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
h1:focus-visible{outline:none}
@media(max-width:30rem){section{padding:22px 20px}}`
