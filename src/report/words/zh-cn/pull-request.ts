import { code, join, phrase, strong } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'
import { formats } from './formats.ts'

const { longDuration } = formats

/** Every sentence of the comment on a pull request. */
export const pullRequest: Words['pullRequest'] = {
  first: (who, reported) =>
    reported === null
      ? phrase`${strong(phrase`${who} 的首个拉取请求`)}。`
      : phrase`${strong(phrase`${who} 的首个拉取请求`)}，此前报告过 ${reported}。`,

  known: (who, nth) => phrase`${who}：在这里的第 ${number(nth)} 个拉取请求。`,
  knownMerged: (who, { merged, since, last, areas }) =>
    phrase`${who}：${since === null ? '' : phrase`自 ${since}起`}已有 ${number(merged)} 个在这里被合并${last === null ? '' : phrase`，上次出现是${last}`}${areas === null ? '' : phrase`，多在 ${areas}`}。`,
  ago: (days) => (days < 1 ? '今天' : `${longDuration(days * 24)}前`),

  returning: (who, away) =>
    phrase`${strong(phrase`欢迎回来，${who}`)}：上一次在这里的贡献是在${away}前。`,
  mergedBefore: (merged, areas) =>
    phrase`此前有 ${number(merged)} 个拉取请求被合并${areas === null ? '' : phrase`，多在 ${areas}`}。`,

  years: (days) => {
    const years = Math.floor(days / 365.25)
    return years < 2 ? '一年多' : ` ${number(years)} 年`
  },

  usualAnswer: (hours) => `外部的拉取请求在这里通常于 ${longDuration(hours)}内得到首次人工答复。`,
  reviewers: (area, names) => phrase`${area} 最常由 ${names} 审阅。`,

  merged: (nth, who, { after, stands }) => {
    if (nth === 1) return phrase`${strong(phrase`已合并：${who} 的首个贡献，用时 ${after}`)}。`
    const which = phrase`已合并：${who} 在这里的第 ${number(nth)} 个拉取请求，用时 ${after}`
    return stands ? phrase`${strong(which)}。` : phrase`${which}。`
  },
  mergedUnnamed: (who, after) => phrase`已合并：${who}的一个拉取请求，用时 ${after}。`,
  milestones: {
    '10': '感谢一直陪伴这个项目。',
    '50': '感谢这五十个。',
    '100': '感谢其中的每一个。',
    year: '其首个拉取请求是在一年前合并的。很高兴至今仍在。',
  },
  mergedReturning: '时隔一年以上再次见到，很高兴。',
  contributors: (name, total) => phrase`至此已有 ${number(total)} 人为 ${name} 作出贡献。`,

  and: (parts) => join(parts, '、'),
  more: (total) => `另外 ${number(total)} 个`,

  docs: 'Groundswell 统计什么',
  leaveMeOut: phrase`${code('/groundswell hide-me')} 即可不被提及`,
  someplace: '这一部分',
  project: '本项目',
}
