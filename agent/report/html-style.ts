/** The report's style sheet: light and dark by the reader's own setting, light on paper. Contrast is 4.5:1 or more. */
export const style = `
:root { color-scheme: light dark;
  --ground: light-dark(#ffffff, #161a1d); --raised: light-dark(#f7f8f9, #1f2427);
  --text: light-dark(#172b4d, #dee4ea); --quiet: light-dark(#44546f, #9fadbc);
  --line: light-dark(#dcdfe4, #38414a);
  --good: light-dark(#216e4e, #7ee2b8); --warn: light-dark(#7f5f01, #e2b203);
  --bad: light-dark(#ae2a19, #fd9891); --grey: light-dark(#626f86, #8c9bab);
  --accent: light-dark(#0c66e4, #85b8ff); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 14px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, footer { max-width: 1040px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; } footer { padding-bottom: 32px; color: var(--quiet); font-size: 0.857em; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 8px 0 0; display: inline; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 32px 0 8px; break-after: avoid; }
p { margin: 8px 0; } .quiet { color: var(--quiet); font-size: 0.857em; }
.lozenge { display: inline-block; padding: 0 8px; border: 1px solid currentColor; border-radius: 4px;
  font-size: 0.857em; font-weight: 600; white-space: nowrap; vertical-align: 2px; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.grey { color: var(--quiet); } .accent { color: var(--accent); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 16px 0; }
dl.facts dt { color: var(--quiet); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.four { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; margin: 16px 0 8px; padding: 0; list-style: none; }
.four li { background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: 12px 16px; break-inside: avoid; }
.four strong { display: block; font-size: 24px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.four small { display: block; color: var(--quiet); font-size: 0.857em; }
.bar { display: flex; height: 12px; border-radius: 4px; overflow: hidden; background: var(--line); gap: 1px;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar span { display: block; min-width: 2px; background: currentColor; }
table { width: 100%; border-collapse: collapse; margin: 8px 0 0; font-variant-numeric: tabular-nums; }
caption { text-align: start; color: var(--quiet); font-size: 0.857em; padding-bottom: 4px; }
th, td { text-align: start; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { color: var(--quiet); font-size: 0.857em; font-weight: 600; overflow-wrap: normal; }
tbody th { font-weight: 600; } td.n, th.n { text-align: end; white-space: nowrap; }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; } tr { break-inside: avoid; } thead { display: table-header-group; }
.apps table { min-width: 880px; } .even table { table-layout: fixed; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
td.nil { color: var(--quiet); } bdi { unicode-bidi: isolate; } .nowrap { white-space: nowrap; }
@media (max-width: 640px) { header, main, footer { padding-left: 12px; padding-right: 12px; }
  .four { grid-template-columns: repeat(2, 1fr); } th, td { padding: 6px 4px; }  .scroll table { min-width: 600px; }
  dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: 8px; } }
@media print { :root { color-scheme: light; } .scroll { overflow: visible; } body { font-size: 11px; } header { padding-top: 0; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; } h2 { margin-top: 20px; } .four strong { font-size: 18px; }
  .apps table { min-width: 0; table-layout: fixed; } .apps :is(th, td) { padding: 4px; }
  .apps :is(th, td):nth-child(10) { display: none; }
  .apps thead th { width: 8.2%; } .apps thead th:nth-child(1) { width: 21%; } .apps thead th:nth-child(2) { width: 11%; }
  .apps thead th:nth-child(3) { width: 14%; } .apps thead th:nth-child(4) { width: 13%; } }
@page { margin: 15mm; }
`
