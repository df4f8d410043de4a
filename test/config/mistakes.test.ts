import { describe, expect, it } from 'vitest'
import { expectTold, problemsOf, type Row } from './told-mistakes.ts'

describe('a mistake is told by its place, what is wrong and what to do', () => {
  describe('in names of options', () => {
    it.each<Row>([
      [
        'an option with a typing mistake',
        'timezone: UTC\ndigest:\n  enbaled: true\n',
        '3:3 There is no option "digest.enbaled". Did you mean "enabled"? Options here: enabled, day, time, …',
      ],
      [
        'an option with two letters swapped',
        'digest:\n  tiem: "09:00"\n',
        '2:3 There is no option "digest.tiem". Did you mean "time"? Options here: enabled, day, time, …',
      ],
      [
        'an option in the spelling of a program',
        'pullRequests: {}\n',
        '1:1 There is no option "pullRequests". Did you mean "pull-requests"? Options here: timezone, week-start, language, …',
      ],
      [
        'an option that is like no other',
        'weather: rain\n',
        '1:1 There is no option "weather". Options here: timezone, week-start, language, …',
      ],
      [
        'an option of the prototype',
        '__proto__:\n  enabled: true\n',
        '1:1 There is no option "__proto__". Options here: timezone, week-start, language, …',
      ],
      [
        'an option of the prototype further in',
        'digest:\n  __proto__: {}\n  constructor: 1\n',
        '2:3 There is no option "digest.__proto__". Options here: enabled, day, time, …',
      ],
      [
        'configuration from elsewhere',
        '_extends: evil/repository\n',
        '1:1 There is no option "_extends". Options here: timezone, week-start, language, …',
      ],
      [
        'a merge key',
        'digest:\n  <<: { enabled: true }\n',
        '2:3 Merge keys (<<) are not read. Write the options out.',
      ],
      [
        'an option in another case',
        'Timezone: UTC\n',
        '1:1 There is no option "Timezone". Did you mean "timezone"? Options here: timezone, week-start, language, …',
      ],
    ])('%s', (_, text, words) => expectTold(text, words))
  })

  describe('in people, organisations and areas', () => {
    it.each<Row>([
      [
        'options where a list belongs',
        'people:\n  insiders:\n    mona: true\n',
        '3:5 people.insiders cannot be a group of options. It is a list of GitHub logins.',
      ],
      [
        'a login of digits, which YAML takes for a number',
        'people: { insiders: [mona, 1234] }\n',
        '1:28 An entry of people.insiders cannot be 1234. Put it in quotes. It is a GitHub login without the @, like mona or renovate[bot].',
      ],
      [
        'a login with its @',
        'people:\n  bots:\n    - renovate[bot]\n    - "@helper"\n',
        '4:7 An entry of people.bots cannot be "@helper". It is a GitHub login without the @, like mona or renovate[bot].',
      ],
      [
        'a person in two groups',
        'people:\n  bots: [helper]\n  humans: [mona, Helper]\n',
        '3:18 An entry of people.humans cannot be "Helper". It can be under one of bots, ai, humans only.',
      ],
      [
        'a word for a list',
        'people:\n  hidden: mona\n',
        '2:11 people.hidden cannot be "mona". It is a list of GitHub logins.',
      ],
      [
        'an organisation without a list',
        'organizations:\n  Example Lab: example-lab.org\n',
        '2:16 organizations.Example Lab cannot be "example-lab.org". It is a list of domains.',
      ],
      [
        'an address for a domain',
        'organizations: { Example Lab: [mona@example-lab.org] }\n',
        '1:32 An entry of organizations.Example Lab cannot be "mona@example-lab.org". It is a domain like example.org, without the @.',
      ],
      [
        "everybody's domain for an organisation's",
        'organizations: { Example Lab: [Gmail.com] }\n',
        '1:32 An entry of organizations.Example Lab cannot be "Gmail.com". It is a domain of the organisation alone.',
      ],
      [
        'a domain of two organisations',
        'organizations:\n  Example Lab: [example.org]\n  Other Lab: [Example.org]\n',
        '3:15 An entry of organizations.Other Lab cannot be "Example.org". It can be under one organisation only.',
      ],
      [
        'an organisation without a name',
        'organizations: { "": [example.org] }\n',
        '1:22 organizations."" cannot be this list. It stands under the name of an organisation, of at most 100 characters in one line.',
      ],
      [
        'an area deeper than is known',
        'areas: { rope: ["src/kernels/rope/**"] }\n',
        '1:17 An entry of areas.rope cannot be "src/kernels/rope/**". It is a pattern of directories, two at most, like "csrc/**" or "src/kernels".',
      ],
      [
        'an area by more than asterisks',
        'areas: { rope: ["{a,b}/+(c)"] }\n',
        '1:17 An entry of areas.rope cannot be "{a,b}/+(c)". It is a pattern of directories, two at most, like "csrc/**" or "src/kernels".',
      ],
      [
        'a section without anything in it',
        'timezone: UTC\npeople:\n',
        '2:8 people cannot be empty. It holds options of its own, one a line, like "insiders: []".',
      ],
      [
        'a list without an entry',
        'people:\n  bots:\n    -\n',
        '3:6 An entry of people.bots cannot be empty. It is a GitHub login without the @, like mona or renovate[bot].',
      ],
      [
        'an area at no directory',
        'areas: { docs: [] }\n',
        '1:16 areas.docs cannot be an empty list. It holds at least one pattern.',
      ],
      [
        'an area that begins where it is',
        'areas: { docs: ["./docs"] }\n',
        '1:17 An entry of areas.docs cannot be "./docs". It is a pattern of directories, two at most, like "csrc/**" or "src/kernels".',
      ],
      [
        'a name of two lines',
        'organizations: { "a\\nb": [a.org] }\n',
        '1:26 organizations.a\\nb cannot be this list. It stands under the name of an organisation, of at most 100 characters in one line.',
      ],
    ])('%s', (_, text, words) => expectTold(text, words))
  })

  describe('in values', () => {
    it.each<Row>([
      [
        'a word for a switch',
        'digest:\n  enabled: yes\n',
        '2:12 digest.enabled cannot be "yes". It is either true or false.',
      ],
      [
        'text for a number',
        'waiting-hours: "48"\n',
        '1:16 waiting-hours cannot be "48". It is a whole number from 1 to 8760.',
      ],
      [
        'a number without end',
        'posts-per-day: .inf\n',
        '1:16 posts-per-day cannot be Infinity. It is a whole number from 0 to 500.',
      ],
      [
        'a time zone that is none',
        '\ntimezone: Europe/Atlantis\n',
        '2:11 timezone cannot be "Europe/Atlantis". Did you mean "Europe/Athens"? It is a time zone of the IANA list, like Europe/Berlin.',
      ],
      [
        'an hour that no day has',
        'digest: { time: "24:00" }\n',
        '1:17 digest.time cannot be "24:00". It is a time of day like "09:00".',
      ],
      [
        'a day that no week has',
        'digest: { day: someday }\n',
        '1:16 digest.day cannot be "someday". It is one of monday, tuesday, …',
      ],
      [
        'a day with a typing mistake',
        'digest: { day: funday }\n',
        '1:16 digest.day cannot be "funday". Did you mean "sunday"? It is one of monday, tuesday, …',
      ],
      [
        'a number that is no day',
        'digest: { day: 8 }\n',
        '1:16 digest.day cannot be 8. It is one of monday, tuesday, …',
      ],
      [
        'an hour after the last one',
        'digest: { time: 25:00 }\n',
        '1:17 digest.time cannot be "25:00". It is a time of day like "09:00".',
      ],
      [
        'a time without its colon',
        'digest: { time: 900 }\n',
        '1:17 digest.time cannot be 900. Put it in quotes. It is a time of day like "09:00".',
      ],
      [
        'a list where options belong',
        'digest:\n  - day: monday\n',
        '2:3 digest cannot be this list. It holds options of its own, one a line, like "enabled: true".',
      ],
      [
        'an old name with a value that is none',
        'timezone: UTC\npublishDay: funday\n',
        '2:13 digest.day cannot be "funday". Did you mean "sunday"? It is one of monday, tuesday, …',
      ],
      [
        'a placeholder that we do not fill',
        'digest:\n  title: "Week {week} of {month}"\n',
        '2:10 digest.title cannot be "Week {week} of {month}". It knows the placeholders {week}, {year}, {days} and {repository} only.',
      ],
      [
        'a title of two lines',
        'digest:\n  title: "One\\nTwo"\n',
        '2:10 digest.title cannot be "One\\nTwo". It is one line of text.',
      ],
      [
        'a label that GitHub would take for two',
        'digest: { label: "news, weekly" }\n',
        '1:18 digest.label cannot be "news, weekly". It holds no comma, which GitHub puts between labels.',
      ],
      [
        'a time zone with a typing mistake',
        'timezone: Europe/Berln\n',
        '1:11 timezone cannot be "Europe/Berln". Did you mean "Europe/Berlin"? It is a time zone of the IANA list, like Europe/Berlin.',
      ],
      [
        'a city for a time zone',
        'timezone: Sao Paulo\n',
        '1:11 timezone cannot be "Sao Paulo". Did you mean "America/Sao_Paulo"? It is a time zone of the IANA list, like Europe/Berlin.',
      ],
      [
        'an offset for a time zone',
        'timezone: "+02:00"\n',
        '1:11 timezone cannot be "+02:00". It is a time zone of the IANA list, like Europe/Berlin.',
      ],
      [
        'a number for a time zone',
        'timezone: 2\n',
        '1:11 timezone cannot be 2. It is a time zone of the IANA list, like Europe/Berlin.',
      ],
      [
        'a day on which no week begins',
        'week-start: tuesday\n',
        '1:13 week-start cannot be "tuesday". It is one of monday, sunday, saturday.',
      ],
      [
        'a first day with a typing mistake',
        'week-start: sundy\n',
        '1:13 week-start cannot be "sundy". Did you mean "sunday"? It is one of monday, sunday, saturday.',
      ],
      [
        'a number for the first day, which says too little',
        'week-start: 1\n',
        '1:13 week-start cannot be 1. It is one of monday, sunday, saturday.',
      ],
      [
        'a language that is not spoken',
        'language: fr\n',
        '1:11 language cannot be "fr". It is one of en, zh-CN.',
      ],
      [
        'a title that gets too long',
        'digest:\n  title: "{repository} {repository}"\n',
        '2:10 digest.title cannot be "{repository} {repository}". It has at most 210 characters once its placeholders are filled.',
      ],
      [
        'a place that is an address',
        'digest:\n  to: ["https://hooks.example/x"]\n',
        '2:8 An entry of digest.to cannot be "https://hooks.example/x". It is issue, discussion:Category, or a channel of the server like slack:community.',
      ],
      [
        'a place for a list of them',
        'digest:\n  to: issue\n',
        '2:7 digest.to cannot be "issue". It is a list like [issue, "discussion:Announcements", "slack:community"].',
      ],
      [
        'a place named twice',
        'digest: { to: [issue, issue] }\n',
        '1:15 digest.to cannot be this list. It names each place once.',
      ],
      [
        'no place',
        'digest: { to: [] }\n',
        '1:15 digest.to cannot be an empty list. It names at least one place; "enabled: false" switches digests off.',
      ],
      [
        'two categories',
        'digest: { to: ["discussion:A", "discussion:B"] }\n',
        '1:15 digest.to cannot be this list. It names one category of discussions at most.',
      ],
      [
        'a way to post that there is not',
        'digest: { mode: weekly }\n',
        '1:17 digest.mode cannot be "weekly". It is one of new, edit.',
      ],
      [
        'a switch for a section',
        'digest: false\n',
        '1:9 digest cannot be false. It holds options of its own, one a line, like "enabled: true".',
      ],
      [
        'people who cannot be asked for',
        'commands: { report-others: read }\n',
        '1:28 commands.report-others cannot be "read". It is one of write, triage, everyone.',
      ],
      [
        'hours that never end',
        'quiet-hours: 22:00-22:00\n',
        '1:14 quiet-hours cannot be "22:00-22:00". It begins and ends at different times.',
      ],
      [
        'hours without their minutes',
        'quiet-hours: 22-7\n',
        '1:14 quiet-hours cannot be "22-7". It is none, or two times of day like "22:00-07:00".',
      ],
      [
        'a list of hours',
        'quiet-hours: ["22:00", "07:00"]\n',
        '1:14 quiet-hours cannot be this list. It is none, or two times of day like "22:00-07:00".',
      ],
      [
        'a number with its unit',
        'waiting-hours: 48h\n',
        '1:16 waiting-hours cannot be "48h". It is a whole number from 1 to 8760.',
      ],
      [
        'too many posts',
        'posts-per-day: 1000\n',
        '1:16 posts-per-day cannot be 1000. It is a whole number from 0 to 500.',
      ],
      [
        'a repository with its owner',
        'roll-up: example-lab/community\n',
        '1:10 roll-up cannot be "example-lab/community". It is none, or the name of one repository without its owner, like community.',
      ],
    ])('%s', (_, text, words) => expectTold(text, words))
  })

  it('about all of it at once', () => {
    const text = 'timezone: Mars\ndigest:\n  day: someday\n  colour: red\nwaiting-hours: 0\n'
    expect(
      problemsOf(text)
        .map(({ line }) => line)
        .toSorted(),
    ).toEqual([1, 3, 4, 5])
  })

  it('without quoting a wall of text, and without a wall of problems', () => {
    const text = Array.from({ length: 500 }, (_, index) => `${'x'.repeat(100)}${index}: 1`).join(
      '\n',
    )
    const problems = problemsOf(text)
    expect(problems).toHaveLength(20)
    for (const { message } of problems) expect(message.length).toBeLessThan(100)
  })
})
