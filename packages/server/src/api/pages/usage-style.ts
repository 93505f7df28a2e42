/** How the page about usage looks: by day, by night, and on A4 or Letter paper. */
export const usageStyle = `:root{color-scheme:light dark;--ground:#f7f6f2;--sheet:#fff;--text:#1b1e21;--quiet:#5c6166;--line:#ddd9d0;--accent:#9a5b00}
@media(prefers-color-scheme:dark){:root{--ground:#14171a;--sheet:#1b1f23;--text:#eceae4;--quiet:#a2a8ae;--line:#30363c;--accent:#ffb73d}}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--text);max-width:58rem;margin:32px auto;padding:0 20px}
a{color:var(--accent)}nav{margin-bottom:20px}p{margin:0}
code{font-family:ui-monospace,monospace;font-size:12px;color:var(--quiet);overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:16px 40px;border-bottom:3px solid var(--accent);padding-bottom:20px}
h1{font-size:28px;line-height:1.2;margin:2px 0 6px}h2{font-size:17px;margin:32px 0 8px}
.brand{color:var(--accent);font-weight:700;letter-spacing:.04em;text-transform:uppercase;font-size:13px}.quiet,footer{color:var(--quiet)}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 14px;margin:0;align-content:start;font-size:14px}dt{color:var(--quiet)}dd{margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:24px 0 0}
.cards div{background:var(--sheet);border:1px solid var(--line);border-radius:8px;padding:12px 16px}.cards .quiet{font-size:13px}
.figure{font-size:24px;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.3}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line);padding:7px 16px 7px 0;font-weight:400}
thead th{color:var(--quiet);font-size:13px;vertical-align:bottom}tbody th{font-weight:600}tbody th code{font-weight:400}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:0;padding-left:16px}
tfoot th,tfoot td{font-weight:700;border-bottom:0;border-top:2px solid var(--text)}
footer{margin-top:36px;font-size:13px}.wide{overflow-x:auto}
@media(max-width:44rem){thead th{min-width:4.5rem}tbody th code{display:none}tbody th{min-width:7rem}.number{white-space:normal}td.number{white-space:nowrap}}
@page{margin:16mm}
@media print{:root{color-scheme:light;--ground:#fff;--sheet:#fff;--text:#000;--quiet:#555;--line:#ccc;--accent:#9a5b00}
body{max-width:none;margin:0;padding:0;font-size:10pt}nav{display:none}header{flex-wrap:nowrap;gap:24px;padding-bottom:14px}h1{font-size:18pt}dl{font-size:9pt}
h2{font-size:12pt;margin:20px 0 4px;break-after:avoid}.cards{grid-template-columns:repeat(4,1fr);margin-top:16px}.cards div{padding:8px 12px}.figure{font-size:14pt}
table{font-size:9.5pt}th,td{padding-top:4px;padding-bottom:4px}.number{padding-left:10px}code{font-size:7.5pt}.wide{overflow:visible}
thead{display:table-header-group}tfoot{display:table-row-group}tr,.cards,dl,footer,.short{break-inside:avoid}footer{margin-top:20px;font-size:8.5pt}}`
