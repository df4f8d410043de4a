/** For every page that anybody may read, by day and by night. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #fff; --inset: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --quiet: #59636e; --link: #0550ae; --mark: #fff8c5;
  font: 1.0625rem/1.6 system-ui, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --inset: #151b23; --line: #3d444d; --text: #f0f6fc; --quiet: #9198a1; --link: #79b8ff; --mark: #3b2f00; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--text); overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .125rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem; z-index: 1; }
header { border-bottom: 1px solid var(--line); background: var(--inset); }
header p, main { max-width: 46rem; margin: 0 auto; padding: .75rem 1.25rem; }
header p { font-weight: 600; }
main { padding-bottom: 4rem; }
h1 { font-size: 1.875rem; line-height: 1.25; margin: 1.5rem 0 1rem; }
h2 { font-size: 1.375rem; line-height: 1.3; margin: 3rem 0 .75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.0625rem; margin: 2rem 0 .25rem; }
h3 ~ ul { color: var(--quiet); }
h3 ~ ul strong { color: var(--text); font-weight: 600; }
:target { background: var(--mark); }
p, ul, ol { margin: 0 0 1rem; }
ul, ol { padding-left: 1.5rem; }
li + li { margin-top: .125rem; }
code { background: var(--inset); border: 1px solid var(--line); border-radius: .25rem; padding: .05em .3em; font-size: .9em; }
@media print { header, .skip { display: none; } }
`
