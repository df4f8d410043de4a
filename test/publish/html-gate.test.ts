import fc from 'fast-check'
import type { Nodes } from 'hast'
import { raw } from 'hast-util-raw'
import { describe, expect, it } from 'vitest'
import { refuseHtml } from '../../src/publish/html-gate.ts'

const allowed = { urlBases: ['https://github.com/example-lab/engine'] }
const cid = 'forks.digest.1.2026-W47.mail.news@groundswell'
const other = 'merges.digest.1.2026-W47.mail.news@groundswell'

const picture = (src = `cid:${cid}`, more = '') =>
  `<img src="${src}" alt="all: W46 9, W47 15" width="480" height="220"${more}>`

const refused = (html: string, cids = [cid]) => refuseHtml(`<p>fine</p>${html}`, allowed, cids)

describe('the gate for HTML lets through', () => {
  it('each picture that is attached, once', () => {
    expect(refused(picture())).toBeNull()
    expect(refused(`${picture()}<p>${picture(`cid:${other}`)}</p>`, [other, cid])).toBeNull()
  })
})

describe('the gate for HTML refuses', () => {
  it.each([
    ['a picture that is not attached', picture(`cid:${other}`)],
    ['a picture for a second time', `${picture()}${picture()}`],
    ['a picture that is loaded', picture('https://evil.example/pixel.png')],
    ['one of the repository', picture('https://github.com/example-lab/engine/pixel.png')],
    ['one without a protocol', picture('//evil.example/pixel.png')],
    ['one in the address', picture('data:image/png;base64,AAAA')],
    ['one by the name alone', picture(cid)],
    ['capital letters', picture(`CID:${cid}`)],
    ['a name that is escaped', picture(`cid:${cid.replace('@', '%40')}`)],
    ['a name with something before it', picture(` cid:${cid}`)],
    ['a name with something after it', picture(`cid:${cid}?x`)],
    ['another source beside it', picture(undefined, ' srcset="https://evil.example/pixel.png 2x"')],
    ['a handler', picture(undefined, ' onerror="alert(1)"')],
    ['a style', picture(undefined, ' style="background:url(https://evil.example)"')],
    ['a map', picture(undefined, ' usemap="#x"')],
    ['a size that is none', picture().replace('480', '100%')],
    ['no size', `<img src="cid:${cid}" alt="">`],
    ['no words', `<img src="cid:${cid}" width="480" height="220">`],
    ['the name in a link', `<a href="cid:${cid}">x</a>${picture()}`],
    ['the name as a background', `<table background="cid:${cid}"></table>${picture()}`],
    ['the name in a picture', `<picture><source srcset="cid:${cid}">${picture()}</picture>`],
    ['the name in a drawing', `<svg><image href="cid:${cid}"/></svg>${picture()}`],
    ['the name in an object', `<object data="cid:${cid}"></object>${picture()}`],
    ['the picture as a button', `<input type="image" src="cid:${cid}">${picture()}`],
  ])('%s', (_, html) => {
    expect(refused(html)).not.toBeNull()
  })

  it.each([
    'forks.svg',
    'forks@groundswell',
    'Forks.digest@groundswell',
    'forks.digest@evil.example',
    'forks.digest@groundswell\n',
    'forks.digest/../x@groundswell',
    '',
  ])('an attachment that is not called as ours are: %j', (name) => {
    expect(refused(picture(`cid:${name}`), [name])).not.toBeNull()
  })

  it('an attachment that nobody would see', () => {
    expect(refused('')).toBe(`it does not show ${cid}, which is attached`)
    expect(refused(picture(), [cid, other])).toContain(other)
  })

  it('whatever would show something else, however it is put', () => {
    const whole = `<p>${picture()}</p>`
    const parts = ['"', "'", '<', '>', '&', '\n', ' ', '\0', 'x', '=', '/', ':', '@', picture()]
    const places = fc.nat(whole.length)
    const tally = { through: 0, refused: 0 }
    fc.assert(
      fc.property(places, places, fc.constantFrom(...parts, ''), (at, until, put) => {
        const [from, to] = [Math.min(at, until), Math.max(at, until)]
        // What is cut is short, or hardly anything would come through.
        const changed = whole.slice(0, from) + put + whole.slice(Math.min(to, from + 3))
        const isThrough = refused(changed) === null
        tally[isThrough ? 'through' : 'refused'] += 1
        if (isThrough) expect(shownBy(changed), changed).toEqual([`cid:${cid}`])
      }),
      { numRuns: 1_000 },
    )
    expect(Math.min(tally.through, tally.refused)).toBeGreaterThan(20)
  })
})

/** Whatever a reader would load or show of HTML. */
function shownBy(html: string): string[] {
  return addresses(raw({ type: 'root', children: [{ type: 'raw', value: html }] }))
}

function addresses(node: Nodes): string[] {
  const within = 'children' in node ? node.children.flatMap((child) => addresses(child)) : []
  if (node.type !== 'element') return within
  const { src, srcSet, data, background, poster, style } = node.properties
  const own = [src, srcSet, data, background, poster, style].filter((value) => value !== undefined)
  return [...own.map(String), ...within]
}
