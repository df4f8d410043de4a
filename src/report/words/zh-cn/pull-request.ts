import { code, type Inline, join, phrase, strong } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'
import { formats } from './formats.ts'

const { longDuration } = formats

/** Every sentence of the comment on a pull request. */
export const pullRequest: Words['pullRequest'] = {
  first: (who, reported) =>
    reported === null
      ? phrase`${strong(phrase`${before(who)}的首个拉取请求`)}。`
      : phrase`${strong(phrase`${before(who)}的首个拉取请求`)}，此前报告过 ${reported}。`,

  known: (who, nth) => phrase`${before(who)}在这里的第 ${number(nth)} 个拉取请求。`,
  knownMerged: (who, { merged, since, last, areas }) =>
    phrase`${before(who)}${since === null ? '' : phrase`自 ${since}起`}已有 ${number(merged)} 个拉取请求在这里合并${areas === null ? '' : phrase`，多在 ${areas}`}${last === null ? '' : phrase`；上次出现是${last}`}。`,
  ago: (days) => (days < 1 ? '今天' : ` ${longDuration(days * 24)}前`),

  returning: (who, away) =>
    phrase`${strong(phrase`欢迎回来，${who}`)}：距上次在这里贡献已有${away}。`,
  mergedBefore: (merged, areas) =>
    phrase`此前有 ${number(merged)} 个拉取请求被合并${areas === null ? '' : phrase`，多在 ${areas}`}。`,

  years: (days) => {
    const years = Math.floor(days / 365.25)
    return years < 2 ? '一年多' : ` ${number(years)} 年`
  },

  usualAnswer: (hours) => `这里有一半的外部拉取请求在 ${longDuration(hours)}内得到首次人工回复。`,
  reviewers: (area, names) => phrase`${area} 最常由 ${names} 评审。`,

  merged: (nth, who, { after, stands }) => {
    if (nth === 1)
      return phrase`${strong(phrase`已合并：${before(who)}的首个改动，用时 ${after}`)}。`
    const which = phrase`已合并：${before(who)}在这里的第 ${number(nth)} 个拉取请求，用时 ${after}`
    return stands ? phrase`${strong(which)}。` : phrase`${which}。`
  },
  mergedUnnamed: (who, after) => phrase`已合并：${before(who)}的一个拉取请求，用时 ${after}。`,
  milestones: {
    '10': '感谢一直陪伴这个项目。',
    '50': '感谢这五十个拉取请求。',
    '100': '感谢这一百个中的每一个。',
    year: '首个拉取请求合并至今已有一年。很高兴还在一起。',
  },
  mergedReturning: '时隔一年多再次见到，很高兴。',
  contributors: (name, total) => phrase`至此已有 ${number(total)} 人为 ${name} 作出贡献。`,

  and: (parts) => join(parts, '、'),
  more: (total) => `另外 ${number(total)} 个`,

  docs: 'Groundswell 统计什么',
  leaveMeOut: phrase`评论 ${code('/groundswell hide-me')} 就不会再被提到`,
  someplace: '这一部分',
  project: '本项目',
}

/** A login is set off from Chinese by a space; our own words for somebody are not. */
function before(who: Inline): Inline {
  return typeof who === 'string' ? who : phrase`${who} `
}
