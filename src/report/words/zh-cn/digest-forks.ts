import { phrase, strong } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'

/** Every sentence about forks in the digest. */
export const digestForks: Words['digestForks'] = {
  heading: '复刻与星标',

  columns: ['复刻', '独有提交', '位置', '状态', '最近推送'],
  commits: (all, fresh) =>
    fresh === null || fresh === 0 ? number(all) : `${number(all)}（+${number(fresh)}）`,
  state: {
    untouched: '未改动',
    mirror: '镜像',
    synced: '曾同步',
    patched: '有补丁',
    diverged: '已分化',
    'hard fork': '独立发展',
    contributing: '在回馈',
  },
  hardFork: (releases) => `独立发展，${number(releases)} 次发布`,
  more: (more) => `另有 ${number(more)} 个有新的改动。`,
  nameless: '（无名复刻）',
  someplace: '（某处）',
  someWish: '（某项需求）',

  sameWish: (forks, name, owners, pullRequests) =>
    phrase`${strong(`${number(forks)} 个复刻有同样的需求`)}：${name}，见 ${owners}；${pullRequests === null ? '在这里都没有打开的拉取请求' : phrase`已通过 ${pullRequests} 提交到这里`}。`,
  samePart: (forks, name, owners, pullRequests) =>
    phrase`${strong(`${number(forks)} 个复刻在改同一部分`)}：${name}，见 ${owners}；${pullRequests === null ? '在这里都没有打开的拉取请求' : phrase`已通过 ${pullRequests} 提交到这里`}。`,
  others: (more) => `另外 ${number(more)} 个`,

  cohort: ({ forked, pushed, opened, merged, days }) =>
    `三到六个月前复刻的 ${number(forked)} 位所有者中，${number(pushed)} 位推送过，${number(opened)} 位在这里提交了拉取请求，${number(merged)} 位的拉取请求被合并${days === null ? '' : `；首个拉取请求在复刻 ${number(Math.round(days))} 天后提交（中位数）`}。`,

  growthSummary: (weeks) => `复刻网络，${number(weeks)} 周`,
  growthColumns: { week: '周', forks: '复刻' },
  growthAxis: '复刻网络',
  growthTitle: (weeks, first, last) =>
    `${number(weeks)} 周内的复刻网络：从 ${number(first)} 到 ${number(last)}`,
  forksWithWork: '带独有提交的复刻',
  network: (total, link) => phrase`${link('复刻网络')}（含复刻的复刻）共 ${number(total)} 个。`,
  unread: '复刻的内容还在读取，所以这一节尚不完整。',
  byApi: '复刻由 GitHub 比较，看不出其中有多少改动已合入这里，因此独有提交数未知。',
}
