import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { RootContent } from 'mdast'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { refuseDiscord } from '../../src/publish/discord-gate.ts'
import { refuseHtml } from '../../src/publish/html-gate.ts'
import { refuseSlack } from '../../src/publish/slack-gate.ts'
import { composeMail } from '../../src/publish/smtp.ts'
import { type DigestContent, digestContent } from '../../src/report/digest.ts'
import { digestMail } from '../../src/report/digest-mail.ts'
import { discordLimits, discordMessage } from '../../src/report/discord-message.ts'
import { htmlOf } from '../../src/report/html.ts'
import { link, list, paragraph, phrase, table } from '../../src/report/markdown.ts'
import { shortDigest } from '../../src/report/short-digest.ts'
import { type SlackMessage, slackLimits, slackMessage } from '../../src/report/slack-message.ts'
import { strangerText } from '../../src/report/stranger-text.ts'
import { attacks, inCompany } from '../report/hostile.ts'
import { fullHistory, place, tame, week } from '../report/samples.ts'

const url = `${place.url}/issues/900`
const title = 'Community digest, week 47 of 2026'
const allowed = { urlBases: [place.url, 'https://groundswell.example/docs'] }

/** What chats and mail readers make something of, and GitHub does not. */
const elsewhere = [
  '<!channel>',
  '<!here|here>',
  '<!subteam^S123>',
  '<@U024BE7LH>',
  '<#C024BE7LR|general>',
  '<https://evil.example|click>',
  '@everyone',
  '@here',
  '<@80351110224678912>',
  '<@&165511591545143296>',
  '<:smile:80351110224678912>',
  '<t:1618953630:R>',
  '||spoiler||',
  '[click](<https://evil.example>)',
  '-# small',
  '`code` and ``more``',
  ']]>]]><script>alert(1)</script>',
  '</style></title><img src=x onerror=alert(1)>',
  '\\',
  'a\\',
]

const words = fc.oneof(
  fc.constantFrom(...elsewhere, ...attacks, ...inCompany),
  fc.string({ unit: 'binary' }),
)

function contentOf(): DigestContent {
  const content = digestContent(weeklyDigest(fullHistory(), week), place)
  if (content === null) throw new Error('The sample is empty')
  return content
}

const slack = (content: DigestContent, given = title) =>
  slackMessage(shortDigest(given, content, url))
const discord = (content: DigestContent, given = title) =>
  discordMessage(shortDigest(given, content, url))
const id = 'digest.1.2026-W47.mail.news'
const mail = (content: DigestContent) =>
  digestMail({ id, title, repository: place.fullName, url }, content)

/** All that a reader of Slack sees, link texts included. */
function seenIn({ blocks }: SlackMessage): string {
  return JSON.stringify(blocks)
}

const sample = contentOf()

describe('a digest in a chat', () => {
  it('is its title, what changed and who waits, and leads to the whole', () => {
    const message = slack(sample)
    expect(message.text).toBe(title)
    const [header, headlines, waiting, whole] = message.blocks
    expect(header).toMatchObject({ type: 'header', text: { text: title } })
    expect(headlines).toMatchObject({ elements: [{ type: 'rich_text_list' }] })
    expect(waiting).toMatchObject({
      elements: [{ type: 'rich_text_section' }, { type: 'rich_text_list' }, ...others(waiting)],
    })
    expect(seenIn(message)).toContain(tame.title)
    expect(whole).toMatchObject({ elements: [{ elements: [{ type: 'link', url }] }] })

    const [embed] = discord(sample).embeds
    expect(embed.title).toBe(title)
    expect(embed.description).toMatch(/^- \*\*/)
    expect(embed.description).toContain(tame.title)
    expect(embed.description.endsWith(`[The whole digest](${url})`)).toBe(true)
  })

  it('leaves out whole sections that are too long, the waiting first, and says so', () => {
    const content = { ...sample, waiting: long(60) }
    const shortened = slack(content)
    expect(shortened.blocks).toHaveLength(3)
    expect(JSON.stringify(shortened)).toContain('with what was too long for here')
    const [embed] = discord(content).embeds
    expect(embed.description).not.toContain('Row 1')
    expect(embed.description).toContain('with what was too long for here')

    const all = { ...content, headlines: [list(['x'.repeat(5_000)])] }
    expect(slack(all).blocks).toHaveLength(2)
    expect(discord(all).embeds[0].description.length).toBeLessThan(discordLimits.description)
  })

  it('keeps every limit, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 400, unit: 'grapheme' }), (given) => {
        const [header] = slack(sample, given).blocks
        const text = header?.type === 'header' ? header.text.text : ''
        expect(Array.from(text).length).toBeLessThanOrEqual(slackLimits.header)
        expect(discord(sample, given).embeds[0].title.length).toBeLessThanOrEqual(
          discordLimits.title,
        )
      }),
    )
  })
})

const others = (block: unknown) =>
  Array.from({ length: elementsOf(block) - 2 }, () => expect.anything())
const elementsOf = (block: unknown) =>
  typeof block === 'object' &&
  block !== null &&
  'elements' in block &&
  Array.isArray(block.elements)
    ? block.elements.length
    : 0

function long(rows: number): RootContent[] {
  const lines = Array.from({ length: rows }, (_, index) => [`Row ${index} ${'x'.repeat(110)}`])
  return [table([null], [['heading'], ...lines])]
}

describe('words of strangers stay words', () => {
  const withWords = (stranger: string): DigestContent => {
    const said = strangerText(stranger, '(nothing)')
    return {
      ...sample,
      headlines: [list([phrase`${said} and ${link(url, said)}`]), ...sample.headlines],
      waiting: [table([null], [['heading'], [phrase`${link(url, '#12')} ${said}`, said]])],
      sections: [
        { name: null, importance: 0, content: [paragraph(phrase`${said}`)] },
        ...sample.sections,
      ],
    }
  }

  it('in Slack', () => {
    fc.assert(
      fc.property(words, (stranger) => {
        expect(refuseSlack(slack(withWords(stranger), title), allowed)).toBeNull()
      }),
    )
    expect(slack(sample, '<!channel> & <@U1>').text).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;')
  })

  it('in Discord', () => {
    fc.assert(
      fc.property(words, (stranger) => {
        const message = discord(withWords(stranger), 'Title <@1> ||x|| @everyone')
        expect(refuseDiscord(message, allowed)).toBeNull()
        expect(message.allowed_mentions).toEqual({ parse: [] })
      }),
    )
  })

  it('in a mail and in a feed', () => {
    fc.assert(
      fc.property(words, (stranger) => {
        const { html, pictures } = mail(withWords(stranger))
        const cids = pictures.map(({ cid }) => cid)
        expect(refuseHtml(html, allowed, cids)).toBeNull()
      }),
    )
  })
})

describe('the last look refuses', () => {
  const message = slack(sample)
  const richText = (element: object) => ({
    ...message,
    blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] }],
  })

  it.each([
    ['a broadcast', richText({ type: 'broadcast', range: 'channel' })],
    ['a user', richText({ type: 'user', user_id: 'U1' })],
    ['an emoji', richText({ type: 'emoji', name: 'tada' })],
    ['a link elsewhere', richText({ type: 'link', url: 'https://evil.example', text: 'x' })],
    ['markup', { ...message, text: '<!channel>' }],
    ['a section of markup', { ...message, blocks: [{ type: 'section' }] }],
    ['unfurling', { ...message, unfurl_links: true }],
    ['more than fifty blocks', { ...message, blocks: Array(51).fill(message.blocks[0]) }],
    ['a long text', richText({ type: 'text', text: 'x'.repeat(3_001) })],
  ])('%s for Slack', (_, given) => {
    expect(refuseSlack(message, allowed)).toBeNull()
    expect(refuseSlack(given, allowed)).not.toBeNull()
  })

  const embed = discord(sample).embeds[0]
  const describing = (description: string) => ({
    embeds: [{ ...embed, description }],
    allowed_mentions: { parse: [] },
  })

  it.each([
    ['mentions', { ...describing('x'), allowed_mentions: { parse: ['everyone'] } }],
    ['more than an embed', { ...describing('x'), content: '@everyone' }],
    ['a user', describing('<@1>')],
    ['a name', describing('@everyone')],
    ['an address', describing('https://evil.example')],
    ['an invitation', describing('discord.gg/evil')],
    ['a link elsewhere', describing('[x](https://evil.example)')],
    ['a title that calls', { ...describing('x'), embeds: [{ ...embed, title: '@here' }] }],
    ['a long text', describing('x'.repeat(4_097))],
  ])('%s for Discord', (_, given) => {
    expect(refuseDiscord(describing('x'), allowed)).toBeNull()
    expect(refuseDiscord(given, allowed)).not.toBeNull()
  })

  it.each([
    '<img src="https://evil.example/pixel.png">',
    '<script>alert(1)</script>',
    '<p style="background:url(https://evil.example)">x</p>',
    '<style>@import "https://evil.example"</style>',
    '<a href="https://evil.example">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<p onclick="alert(1)">x</p>',
    '<!-- hidden -->',
    '<iframe></iframe>',
  ])('%s in HTML', (html) => {
    expect(refuseHtml(`<p>fine</p>${html}`, allowed)).not.toBeNull()
  })
})

describe('a mail', () => {
  const [merges] = mail(sample).pictures
  const cid = merges?.cid ?? ''
  const png = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256))
  const given = {
    from: 'Groundswell <groundswell@example.org>',
    to: ['news@example.org'],
    mail: { ...mail(sample), pictures: [{ cid, filename: 'merges.png', png }] },
    id,
    date: new Date('2026-11-23T09:00:00Z'),
  }

  it('holds the whole digest twice, as text and as HTML that loads nothing', async () => {
    const { mime } = await composeMail(given)
    const read = await PostalMime.parse(mime)
    expect(read.subject).toBe(`example-lab/engine: ${title}`)
    expect(read.messageId).toBe('<digest.1.2026-W47.mail.news@example.org>')
    expect(read.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    )
    expect(read.text).toContain(tame.title)
    expect(read.text).toContain('Week 47: 16 to 22 November 2026\n===')
    expect(read.text).toContain(`With links: ${url}`)
    expect(read.html).toContain('<table>')
    expect(read.html).toContain(`<a href="${url}">The whole digest</a>`)
    expect(read.html).not.toMatch(/src="(?!cid:)/)
  })

  it('holds its pictures within the HTML, for readers who see that', async () => {
    const { mime } = await composeMail(given)
    const types = mime.toString().match(/(?<=^Content-Type: )[\w/]+/gm)
    expect(types).toEqual([
      ...['multipart/alternative', 'text/plain', 'multipart/related', 'text/html', 'image/png'],
    ])
    const { html, attachments } = await PostalMime.parse(mime)
    expect(html).toContain(`src="cid:${cid}"`)
    expect(attachments).toMatchObject([
      {
        ...{ mimeType: 'image/png', filename: 'merges.png', contentId: `<${cid}>` },
        ...{ disposition: 'inline', related: true },
      },
    ])
    expect(Buffer.from(attachments[0]?.content as ArrayBuffer)).toEqual(png) // as: no text is asked for
  })

  it('is shown as it is sent, with the size and the sum of a picture for its bytes', async () => {
    const { mime, shown } = await composeMail(given)
    const sum = createHash('sha256').update(png).digest('hex')
    const bytes = png.toString('base64').replaceAll(/.{76}/g, '$&\r\n')
    expect(shown.replace(`(300 bytes, SHA-256 ${sum})`, bytes)).toBe(mime.toString())
    expect(shown).not.toContain(bytes.slice(0, 76))
    const plain = await composeMail({ ...given, mail: { ...given.mail, pictures: [] } })
    expect(plain.shown).toBe(plain.mime.toString())
  })

  it('is the same whenever it is composed, and hides several receivers from each other', async () => {
    const several = { ...given, to: ['a@example.org', 'b@example.org'] }
    const one = await composeMail(several)
    const two = await composeMail(several)
    expect(one.mime.equals(two.mime)).toBe(true)
    expect(one.envelope).toEqual({ from: 'groundswell@example.org', to: several.to })
    expect(one.mime.toString()).not.toMatch(/[ab]@example\.org/)
  })

  it('takes no header from a title', async () => {
    const subject = 'x\r\nBcc: somebody@evil.example\r\n\r\nbody'
    const { mime } = await composeMail({ ...given, mail: { ...given.mail, subject } })
    const read = await PostalMime.parse(mime)
    expect(read.bcc ?? []).toEqual([])
    expect(read.subject).toContain('x')
  })
})

it('charts, and pictures that are not named, are left out of HTML', () => {
  const [chart] = sample.sections
    .flatMap(({ content }) => content)
    .filter(({ type }) => type === 'chart')
  const image = { type: 'image', url: 'cid:a@groundswell', alt: '' } as const
  const content = [...(chart === undefined ? [] : [chart]), paragraph(image)]
  expect(content).toHaveLength(2)
  expect(htmlOf(content)).toBe('<p></p>')
  expect(htmlOf(content, ['cid:b@groundswell'])).not.toContain('src')
  expect(htmlOf(content, ['cid:a@groundswell'])).toContain('src="cid:a@groundswell"')
})
