/** The page's look, light or dark as the reader's system is. */
export const pageStyle = `
:root { --back: #f6f7f9; --card: #fff; --line: #d9dde3; --text: #1c2430; --soft: #5b6675; --accent: #1f6feb; --good: #1a7f37; --bad: #c62f2f; --wait: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14181f; --card: #1d232c; --line: #343d4a; --text: #e6eaf0; --soft: #9aa7b8; --accent: #6ea8ff; --good: #57c274; --bad: #ff7b72; --wait: #e0b040; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
header, main { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.25rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.5rem 0 .6rem; }
#summary { margin: .2rem 0 0; color: var(--soft); }
ul, ol { list-style: none; margin: 0; padding: 0; }
#ports { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: .6rem; }
li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .55rem .75rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 1.5rem; padding-bottom: 2rem; }
#outgoing li, #incoming li { margin-bottom: .45rem; }
.top { display: flex; justify-content: space-between; gap: .75rem; }
.soft { color: var(--soft); font-size: .87em; }
.body { white-space: pre-wrap; overflow-wrap: anywhere; }
.state { font-size: .8em; font-weight: 600; white-space: nowrap; color: var(--wait); }
.state.good { color: var(--good); }
.state.bad { color: var(--bad); }
meter { width: 100%; height: .7rem; }
form { display: grid; grid-template-columns: 5rem 1fr; gap: .6rem; margin-bottom: .9rem; }
label { color: var(--soft); font-size: .87em; }
.wide, button { grid-column: 1 / -1; }
input, select, button { font: inherit; width: 100%; padding: .4rem .55rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); color: var(--text); }
button { background: var(--accent); border-color: var(--accent); color: var(--back); font-weight: 600; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
output { grid-column: 1 / -1; color: var(--bad); font-size: .87em; }
output.good { color: var(--good); }
output:empty { display: none; }
details { margin-top: 1.2rem; }
summary { cursor: pointer; font-weight: 600; }
h3 { font-size: .95rem; margin: .8rem 0 .5rem; }
.controls { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 0 1.5rem; }
.controls form { grid-template-columns: 1fr 1fr; border-bottom: 1px solid var(--line); padding-bottom: .9rem; align-items: end; }
.controls button { background: var(--card); color: var(--text); border-color: var(--line); }
.buttons { grid-column: 1 / -1; display: grid; grid-template-columns: 1fr 1fr; gap: .35rem; }
.buttons button { grid-column: auto; }
input[type=checkbox] { width: auto; }
.empty { color: var(--soft); }
`;
