import { join, phrase, strong } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'
import { formats } from './formats.ts'

/** What the digest of an organisation says that none of a repository does. */
export const organizationDigest: Words['organizationDigest'] = {
  title: (owner, title) => `${owner}：${title}`,
  intro: (repositories, owner) =>
    phrase`${owner} 的 ${number(repositories)} 个仓库合并统计，参与多个仓库的人只计一次。`,
  incomplete: (names, more) =>
    phrase`以下仓库在这九周里的数据不完整：${join(names, '、')}${more === 0 ? '' : `，以及另外 ${number(more)} 个`}。更早的内容缺失，只比较所有仓库数据都完整的几周。`,
  since: (name, since) =>
    since === null ? phrase`${name}（尚无数据）` : phrase`${name}（自 ${since}起）`,

  forks: ({ created, network, rate }) =>
    phrase`${strong(`新增 ${number(created)} 个复刻`)}${network === null ? '' : `，各复刻网络共 ${number(network)} 个`}${rate === null ? '' : `，净变化 ${formats.growth(rate)}`}。`,
  newcomers: (merged, others) => {
    const rest = `${number(others)} 人首次参与其中某个仓库`
    if (merged === 0) return phrase`${strong(rest)}。`
    const first = phrase`${strong(`${number(merged)} 人首次在其中某个仓库有拉取请求被合并`)}。`
    return others === 0 ? first : phrase`${first}另有 ${rest}。`
  },

  repositoriesHeading: '仓库',
  repositoriesColumns: ['', '贡献者', '合并（来自外部）', '首次回复', '等待', '新复刻'],
  itsDigest: '周报',
  others: (less, quiet) => {
    const parts = [
      less > 0 && `${number(less)} 个活动较少`,
      quiet > 0 && `${number(quiet)} 个没有动静`,
    ].filter((part) => part !== false)
    return `另有 ${parts.join('，')}。`
  },
  somewhere: '（没有名称的仓库）',
}
