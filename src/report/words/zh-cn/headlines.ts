import { phrase, strong } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'
import { formats } from './formats.ts'

const { growth, longDuration, percent } = formats

/** The digest's five lines: one a question, each with what is usual. */
export const headlines: Words['headlines'] = {
  fromOutside: ({ merged, outside, usualShare }, linked) =>
    merged === outside
      ? merged === 1
        ? phrase`${strong(linked('唯一合并的拉取请求'), '来自外部')}。`
        : phrase`${strong(linked(`合并的 ${number(merged)} 个拉取请求`), '全部来自外部')}。`
      : phrase`${strong(linked(`合并的 ${number(merged)} 个拉取请求`), `中有 ${number(outside)} 个来自外部`)}，占 ${percent(outside / merged)}${usualShare === null ? '' : `（通常 ${percent(usualShare)}）`}。`,
  merged: (merged, linked) =>
    phrase`${strong(linked(`合并了 ${number(merged)} 个拉取请求`))}，${merged === 1 ? '并非' : '都不是'}来自外部。`,
  firstAnswer: (hours, usual, waiting) =>
    `外部参与者首次得到人工回复用时 ${longDuration(hours)}${usual === null ? '' : `（通常 ${longDuration(usual)}）`}。${waiting === null ? '' : `${waiting}。`}`,
  stillWaiting: (threads, hours) =>
    `另有 ${number(threads)} 个对话已等待超过 ${longDuration(hours)}`,
  waiting: ({ pullRequests, issues, discussions }, hours) => {
    const what = [
      pullRequests > 0 && `${number(pullRequests)} 个拉取请求`,
      issues > 0 && `${number(issues)} 个议题`,
      discussions > 0 && `${number(discussions)} 个讨论`,
    ].filter((part) => part !== false)
    return phrase`${strong(`来自外部的 ${what.join('、')}`)}等待首次回复已超过 ${longDuration(hours)}。`
  },

  people: ({ total, outside, usual, organizations }) => {
    const compared = usual === null || usual === 0 ? '' : `（通常 ${number(usual)} 人）`
    const employers =
      organizations === null || organizations < 2
        ? ''
        : `就目前所知，他们来自 ${number(organizations)} 个组织。`
    return phrase`${strong(`${number(total)} 人作出了贡献`)}${compared}${fromOutside(total, outside)}。${employers}`
  },

  forks: ({ created, network, rate }, linked) =>
    phrase`${strong(linked(`新增 ${number(created)} 个复刻`))}${network === null ? '' : `，复刻网络共 ${number(network)} 个`}${rate === null ? '' : `，净变化 ${growth(rate)}`}。`,
  milestone: (forks, at, range) =>
    `按通常的速度，预计 ${at}达到 ${number(forks)} 个${range === null ? '' : `（${range}）`}。`,
  milestonePassed: (forks) => `复刻网络已突破 ${number(forks)} 个。`,
  range: (earliest, latest) => (latest === null ? `最早 ${earliest}` : `${earliest}至${latest}`),
  burst: (forks, usual) =>
    `截至周末，有 ${number(forks)} 个新复刻还没有任何推送，通常是 ${number(usual)} 个。`,

  newcomers: (merged, others) => {
    if (merged === 0) return phrase`${strong(`${number(others)} 人首次参与`)}。`
    const first = phrase`${strong(`${number(merged)} 人的首个拉取请求被合并`)}。`
    return others === 0 ? first : phrase`${first}另有 ${number(others)} 人首次参与。`
  },
  returning: (people) => `${number(people)} 人时隔半年多再次参与。`,
  cohort: (came, back, month) =>
    came === 1
      ? `${month}唯一的新人${back === 1 ? '再次参与了' : '还没有再次参与'}。`
      : `${month}的 ${number(came)} 位新人中，${back === 0 ? '还没有人' : `有 ${number(back)} 位`}再次参与。`,

  ahead: (forks) => phrase`${strong(`${number(forks)} 个复刻有了自己的新改动`)}。`,
  newlyAhead: (forks, all) => (forks < all ? `其中 ${number(forks)} 个是首次。` : '均为首次。'),
  sameWish: (forks, name) => phrase`${number(forks)} 个复刻有同样的需求：${name}。`,
  samePart: (forks, name) => phrase`${number(forks)} 个复刻在改同一部分：${name}。`,
}

function fromOutside(total: number, outside: number): string {
  if (outside === 0) return ''
  if (outside < total) return `，其中 ${number(outside)} 人来自外部`
  return total === 1 ? '，来自外部' : '，全部来自外部'
}
