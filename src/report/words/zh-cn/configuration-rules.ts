import type { PlainRule, Rule } from '../../../../config/rule.ts'
import { number } from '../../numbers.ts'

/** What a value has to be. */
export function being(rule: Rule): string {
  switch (rule.be) {
    case 'a section':
      return `应为一组选项，每行一个，例如 ${rule.like}`
    case 'short':
      return `最多 ${number(rule.most)} 个字符`
    case 'short when filled':
      return `填入占位符之后最多 ${number(rule.most)} 个字符`
    case 'one of':
      return `应为以下之一：${rule.choices.join('、')}`
    case 'a whole number':
      return `应为 ${rule.least} 到 ${rule.most} 之间的整数`
    case 'of known placeholders':
      return `只能使用占位符 ${rule.names.map((name) => `{${name}}`).join('、')}`
    case 'in one group':
      return `只能属于 ${rule.groups.join('、')} 中的一个`
    case 'a list':
      return lists[rule.of]
    case 'at least one':
      return atLeast[rule.of]
    case 'few':
      return `最多 ${number(rule.most)} 个${counted[rule.of]}`
    case 'lists by name':
      return `应为若干列表，分别写在各个${counted[rule.of]}的名称下`
    case 'under a name':
      return `应写在${counted[rule.of]}的名称下；名称为一行，最多 ${number(rule.most)} 个字符`
    default:
      return plainRules[rule.be]
  }
}

const counted = {
  places: '位置',
  logins: '登录名',
  domains: '域名',
  patterns: '模式',
  organisations: '组织',
  areas: '区域',
}
const lists = {
  places: '应为列表，例如 [issue, "discussion:Announcements", "slack:community"]',
  logins: '应为 GitHub 登录名的列表',
  domains: '应为域名的列表',
  patterns: '应为模式的列表，例如 ["csrc/**"]',
}
const atLeast = {
  places: '至少写一个位置；要关闭周报，请写 enabled: false',
  patterns: '至少写一个模式',
}
const plainRules: Record<PlainRule, string> = {
  'true or false': '应为 true 或 false',
  text: '应为文本',
  'one line': '应为一行文本',
  'not blank': '不能是空白',
  'options by name': '应为按名称书写的选项，例如 timezone: UTC',
  'a time zone': '应为 IANA 列表中的时区，例如 Asia/Shanghai',
  'a time of day': '应为一天中的时间，例如 "09:00"',
  'quiet hours': '应为 none，或一天中的两个时间，例如 "22:00-07:00"',
  'two different times': '开始和结束的时间不能相同',
  'a place': '应为 issue、discussion:Category，或服务器提供的渠道，例如 slack:community',
  'each once': '每个位置只写一次',
  'of one category': '最多写一个讨论分类',
  'without a comma': '不能含有逗号，GitHub 用它分隔标签',
  'a repository': '应为 none，或一个仓库的名称（不带所有者），例如 community',
  'a login': '应为不带 @ 的 GitHub 登录名，例如 mona 或 renovate[bot]',
  'a domain': '应为不带 @ 的域名，例如 example.org',
  'a domain of one organisation': '应为该组织专有的域名',
  'in one organisation': '只能属于一个组织',
  directories: '应为目录的模式，最多两级，例如 "csrc/**" 或 "src/kernels"',
}
