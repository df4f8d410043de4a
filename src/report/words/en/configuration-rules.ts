import type { PlainRule, Rule } from '../../../../config/rule.ts'
import { enumeration } from '../../enumeration.ts'
import { number } from '../../numbers.ts'

/** What a value has to be, after "It". */
export function being(rule: Rule): string {
  switch (rule.be) {
    case 'a section':
      return `holds options of its own, one a line, like "${rule.like}"`
    case 'short':
      return `has at most ${number(rule.most)} characters`
    case 'short when filled':
      return `has at most ${number(rule.most)} characters once its placeholders are filled`
    case 'one of':
      return `is one of ${rule.choices.join(', ')}`
    case 'a whole number':
      return `is a whole number from ${rule.least} to ${rule.most}`
    case 'of known placeholders':
      return `knows the placeholders ${enumeration(rule.names.map((name) => `{${name}}`))} only`
    case 'in one group':
      return `can be under one of ${rule.groups.join(', ')} only`
    case 'a list':
      return `is a list ${lists[rule.of]}`
    case 'at least one':
      return atLeast[rule.of]
    case 'few':
      return `${rule.of === 'places' ? 'names' : 'holds'} at most ${number(rule.most)} ${rule.of}`
    case 'lists by name':
      return `holds lists of ${named[rule.of].lists}, each under the name of ${named[rule.of].one}`
    case 'under a name':
      return `stands under the name of ${named[rule.of].one}, of at most ${number(rule.most)} characters in one line`
    default:
      return plainRules[rule.be]
  }
}

const lists = {
  places: 'like [issue, "discussion:Announcements", "slack:community"]',
  logins: 'of GitHub logins',
  domains: 'of domains',
  patterns: 'of patterns like ["csrc/**"]',
}
const atLeast = {
  places: 'names at least one place; "enabled: false" switches digests off',
  patterns: 'holds at least one pattern',
}
const named = {
  organisations: { one: 'an organisation', lists: 'domains' },
  areas: { one: 'an area', lists: 'patterns' },
}
const plainRules: Record<PlainRule, string> = {
  'true or false': 'is either true or false',
  text: 'is text',
  'one line': 'is one line of text',
  'not blank': 'is not blank',
  'options by name': 'holds options by name, like "timezone: UTC"',
  'a time zone': 'is a time zone of the IANA list, like Europe/Berlin',
  'a time of day': 'is a time of day like "09:00"',
  'quiet hours': 'is none, or two times of day like "22:00-07:00"',
  'two different times': 'begins and ends at different times',
  'a place': 'is issue, discussion:Category, or a channel of the server like slack:community',
  'each once': 'names each place once',
  'of one category': 'names one category of discussions at most',
  'without a comma': 'holds no comma, which GitHub puts between labels',
  'a repository': 'is none, or the name of one repository without its owner, like community',
  'a login': 'is a GitHub login without the @, like mona or renovate[bot]',
  'a domain': 'is a domain like example.org, without the @',
  'a domain of one organisation': 'is a domain of the organisation alone',
  'in one organisation': 'can be under one organisation only',
  directories: 'is a pattern of directories, two at most, like "csrc/**" or "src/kernels"',
}
