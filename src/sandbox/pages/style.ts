/** Type and spacing near GitHub's, so that a text looks here as it will there. */
export const style = `
:root {
  color-scheme: light dark;
  --canvas: #fff; --inset: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --quiet: #59636e;
  --link: #0969da; --open: #1a7f37; --merged: #8250df; --closed: #cf222e; --draft: #59636e;
  --note: #fff8c5; --note-line: #d4a72c; --button: #1f883d; --code: #818b981f;
  font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #0d1117; --inset: #151b23; --line: #3d444d; --text: #f0f6fc; --quiet: #9198a1;
    --link: #4493f8; --open: #238636; --merged: #8957e5; --closed: #da3633; --draft: #656c76;
    --note: #272215; --note-line: #9e6a03; --button: #238636; --code: #656c7633;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text); font-size: .875rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
main p:not(.event) > a, .markdown a { text-decoration: underline; text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--canvas); padding: .5rem; z-index: 1; }
.tryout { background: var(--note); border-bottom: 1px solid var(--note-line); padding: .5rem 1rem; text-align: center; }
.top { background: var(--inset); border-bottom: 1px solid var(--line); }
.top > div, main { max-width: 64rem; margin: 0 auto; padding: 0 1rem; }
.top .where { padding-top: .875rem; font-size: 1.125rem; }
.top nav { display: flex; flex-wrap: wrap; gap: 0 .25rem; }
.top nav a { color: var(--text); padding: .5rem .625rem; border-bottom: 2px solid transparent; }
.top nav a[aria-current] { border-color: #fd8c73; font-weight: 600; }
main { padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.75rem; font-weight: 400; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h1 .number { color: var(--quiet); font-weight: 300; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 2rem 0 .5rem; }
.quiet { color: var(--quiet); }
.badge { display: inline-block; border-radius: 2rem; padding: .25rem .75rem; color: #fff; font-weight: 500; }
.open { background: var(--open); } .merged, .done { background: var(--merged); }
.closed { background: var(--closed); } .draft { background: var(--draft); }
.meta { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; padding-bottom: 1rem; margin-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
.pill { border: 1px solid var(--line); border-radius: 2rem; padding: 0 .45rem; font-size: .75rem; color: var(--quiet); white-space: nowrap; font-weight: 500; }
.person + .pill { margin-left: .25rem; }
.box > header .pill { margin: 0; }
.entry { display: flex; gap: 1rem; margin: 0 0 1rem; }
.entry.reply { margin-left: 3.5rem; }
.avatar { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; color: #fff; font-weight: 600; }
.avatar.app { border-radius: .5rem; }
.hue-0 { background: #0a6c74; } .hue-1 { background: #8250df; } .hue-2 { background: #bc4c00; }
.hue-3 { background: #1a7f37; } .hue-4 { background: #bf3989; } .hue-5 { background: #0969da; }
.hue-6 { background: #9a6700; } .hue-7 { background: #57606a; }
.box { flex: 1; min-width: 0; border: 1px solid var(--line); border-radius: .375rem; overflow: hidden; }
.box > header { display: flex; flex-wrap: wrap; gap: .25rem .5rem; align-items: center; background: var(--inset); border-bottom: 1px solid var(--line); padding: .5rem 1rem; color: var(--quiet); }
.box.own { border-color: var(--link); }
.box .person { color: var(--text); font-weight: 600; }
.event { margin: 0 0 1rem 3.5rem; padding-left: 1rem; border-left: 2px solid var(--line); color: var(--quiet); }
.event strong, .event .person { color: var(--text); }
.reactions { display: flex; gap: .5rem; list-style: none; margin: 0; padding: 0 1rem 1rem; }
.markdown { padding: 1rem; overflow-wrap: break-word; overflow-x: auto; }
p.markdown { margin: 0; }
.markdown .contains-task-list { list-style: none; padding-left: 1em; }
.markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; }
.markdown p, .markdown ul, .markdown ol, .markdown table, .markdown pre, .markdown blockquote, .markdown details { margin: 0 0 1rem; }
.markdown ul, .markdown ol { padding-left: 2em; }
.markdown li + li { margin-top: .25em; }
.markdown h2 { font-size: 1.5em; margin: 1.5rem 0 1rem; padding-bottom: .3em; border-bottom: 1px solid var(--line); }
.markdown h3 { font-size: 1.25em; font-weight: 600; margin: 1.5rem 0 1rem; }
.markdown table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow-x: auto; font-variant-numeric: tabular-nums; }
.markdown th, .markdown td { border: 1px solid var(--line); padding: .375rem .8125rem; }
.markdown th:empty { min-width: 2rem; }
.markdown tr:nth-child(2n) { background: var(--inset); }
.markdown [align="right"] { text-align: right; } .markdown [align="center"] { text-align: center; }
.markdown code { background: var(--code); border-radius: .375rem; padding: .2em .4em; font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.markdown pre { background: var(--inset); border-radius: .375rem; padding: 1rem; overflow-x: auto; }
.markdown pre code { background: none; padding: 0; }
.markdown blockquote { border-left: .25em solid var(--line); color: var(--quiet); padding: 0 1em; margin-left: 0; }
.markdown hr { border: 0; height: .25em; background: var(--line); margin: 1.5rem 0; }
.markdown sub { font-size: .75rem; vertical-align: baseline; color: var(--quiet); }
.markdown summary { cursor: pointer; }
.markdown .mention { color: var(--text); font-weight: 600; }
.rows { list-style: none; margin: 0 0 1rem; padding: 0; border: 1px solid var(--line); border-radius: .375rem; }
.rows > li { padding: .625rem 1rem; overflow-wrap: anywhere; }
.rows > li + li { border-top: 1px solid var(--line); }
.rows .title { font-size: 1rem; font-weight: 600; color: var(--text); }
.rows .badge { font-size: .75rem; padding: 0 .5rem; margin-right: .25rem; }
.rows .quiet { font-size: .75rem; }
.rows .markdown { margin-top: .5rem; padding: .5rem .75rem; border-left: 3px solid var(--link); background: var(--inset); border-radius: 0 .375rem .375rem 0; }
.rows .markdown.line { margin-top: .125rem; padding: 0; border: 0; background: none; }
.lead { font-size: 1.125rem; max-width: 44rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0 2rem; }
.say { border: 1px solid var(--line); border-radius: .375rem; padding: 1rem; margin: 0 0 1rem 3.5rem; background: var(--inset); }
.say h2 { margin: 0 0 .5rem; font-size: 1rem; }
.say fieldset { border: 0; padding: 0; margin: .5rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.say legend { float: left; margin-right: 1.25rem; font-weight: 600; }
textarea { width: 100%; min-height: 4.5rem; font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; padding: .5rem; border: 1px solid var(--quiet); border-radius: .375rem; background: var(--canvas); color: var(--text); }
button { font: inherit; font-weight: 500; color: #fff; background: var(--button); border: 1px solid #1f232826; border-radius: .375rem; padding: .375rem 1rem; cursor: pointer; }
@media (max-width: 40rem) {
  .avatar { display: none; }
  .event, .say { margin-left: 0; }
  .entry.reply { margin-left: 1.5rem; }
  h1 { font-size: 1.375rem; }
  .markdown { padding: .75rem; }
}
`
