import { code, phrase, strong } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'
import { formats } from './formats.ts'

const { growth } = formats

/** Every sentence about forks. */
export const forks: Words['forks'] = {
  title: '复刻',
  notYet: '尚未读取复刻。读完本仓库的历史之后就会开始。',

  network: (size, direct) =>
    phrase`${strong(`复刻网络共 ${number(size)} 个`)}，含复刻的复刻和私有复刻${direct === null ? '' : `；其中 ${number(direct)} 个直接复刻自本仓库`}。`,
  made: (made, days, change) => `${days}，新增 ${number(made)} 个${change}。`,
  net: (net, rate) =>
    `；扣除已删除的，净变化 ${net > 0 ? '+' : ''}${number(net)}${rate === null || rate === 0 ? '' : `（${growth(rate)}）`}`,

  usual: (perWeek, low, high) =>
    `通常每周新增 ${number(perWeek)} 个${low === high ? '' : `（${number(low)} 到 ${number(high)}）`}。`,
  milestone: (forks, at, range) =>
    `按此速度，复刻网络预计 ${at}达到 ${number(forks)} 个${range === null ? '' : `（${range}）`}。`,
  between: (earliest, latest) =>
    latest === null ? `最早 ${earliest}` : `${earliest}至${latest}之间`,
  burst: (forks, usual) =>
    `上一个完整的星期里，有 ${number(forks)} 个新复刻到周末还没有任何推送；通常是 ${number(usual)} 个。可能是课程作业，或是被转发的链接。`,
  cohort: (forked, steps) =>
    `三到六个月前复刻的 ${number(forked)} 位所有者中，${steps.join('，')}。`,
  steps: { pushed: '位推送过', opened: '位在这里提交了拉取请求', merged: '位的拉取请求被合并' },
  daysToPush: (days) => `（首次推送在${after(days)}，中位数）`,
  daysToMerge: (days) => `（首个合并在${after(days)}，中位数）`,

  states: (known, parts) => `已知 ${number(known)} 个公开复刻：${parts.join('；')}。`,
  state: {
    untouched: '个从未推送',
    mirror: '个跟随本仓库',
    synced: '个曾跟随一段时间',
    patched: '个有自己的提交，至多九个',
    diverged: '个有更多提交，或重写了历史',
    'hard fork': '个独立发展',
    contributing: '个以拉取请求回馈',
    unrelated: '个与本仓库没有共同历史',
  },
  stateOfOne: {
    untouched: '个从未推送',
    mirror: '个跟随本仓库',
    synced: '个曾跟随一段时间',
    patched: '个有自己的提交，至多九个',
    diverged: '个有更多提交，或重写了历史',
    'hard fork': '个独立发展',
    contributing: '个以拉取请求回馈',
    unrelated: '个与本仓库没有共同历史',
  },
  untold: (forks) => `另有 ${number(forks)} 个所知太少，无法判断`,

  workHeading: '尚未合入这里的改动',
  workColumns: ['复刻', '独有提交', '位置', '最近提交', '拉取请求'],
  workMore: (more) => `另有 ${number(more)} 个复刻有自己的改动。`,
  nameless: '（无名复刻）',
  someplace: '（某处）',
  someWish: '（某项需求）',
  offered: '暂无',

  themesHeading: '多个复刻的共同需求',
  theme: (kind, name, forks, words) =>
    phrase`${strong(name)}${kind === 'area' ? '' : `（${kinds[kind]}）`}见于 ${number(forks)} 个复刻${words === null ? '' : phrase`，依据 ${words}`}。`,

  scanned: (at) => `上次查看全部公开复刻：${at}。`,
  refreshed: (at) => `上次查看有新推送的复刻：${at}。`,
  partial: (known, size) =>
    `复刻正在首次读取，所以这些数字还不完整：目前已知 ${number(known)} 个${size === null ? '' : `，共约 ${number(size)} 个`}。`,
  underWay: '正在再次查看。',
  troubled: (forks) => `对其中 ${number(forks)} 个复刻的查询，GitHub 没有回应。`,
  byApi: '比较由 GitHub 完成，看不出其中有多少改动已合入这里，因此独有提交数未知。',
  parent: (name) => phrase`本仓库本身是 ${name} 的复刻：这里只统计由本仓库产生的复刻。`,
  milestoneNote: {
    title: (forks) => `${number(forks)} 个复刻`,
    passed: (forks, at) =>
      phrase`截至 ${at}，复刻网络已突破 ${strong(`${number(forks)} 个`)}，含复刻的复刻和私有复刻。`,
    step: ({ before, days, isSeen }) =>
      `从 ${number(before)} 个到这里用了${isSeen ? '' : '约'} ${number(days)} 天${isSeen ? '' : '（按现存的复刻推算）'}。`,
    withWork: (forks) =>
      forks === 0
        ? phrase`目前没有发现公开复刻有自己的改动。`
        : phrase`${number(forks)} 个公开复刻有尚未合入这里的改动；用 ${code('/groundswell forks')} 可以查看。`,
    why: phrase`每个里程碑只告知一次，因为本仓库的配置在 ${code('forks')} 下打开了 ${code('milestones')}。`,
  },
  order: '排列依据提交数、时间远近以及多个复刻的共同需求；不给任何人排名。',
}

function after(days: number): string {
  return days < 0.5 ? '一天之内' : ` ${number(Math.round(days))} 天后`
}

const kinds = {
  'hardware backend': '硬件后端',
  quantisation: '量化',
  architecture: '模型结构',
  serving: '推理服务',
} as const
