import type { FactKind } from '../../../events/fact.ts'
import { code, phrase } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'
import { formats } from './formats.ts'

const { longDuration } = formats

/** Every sentence of the digest. */
export const digest: Words['digest'] = {
  issueTitle: '社区周报：{year} 年第 {week} 周',
  title: (week, days) => `第 ${week} 周：${days}`,

  partial: (since) => `统计从 ${since}开始，所以这一周并不完整，也还没有可以比较的数据。`,

  columns: ['', '本周', '上周', '通常（8 周）', '走势'],

  metrics: {
    contributors: '贡献者',
    outsideContributors: '外部贡献者',
    organizations: '组织',
    newContributors: '首个拉取请求被合并的人',
    opened: '新建的拉取请求',
    merged: '合并的拉取请求',
    mergedFromOutside: '其中来自外部',
    outsideShare: '外部占比',
    declined: '未合并即关闭',
    acceptedShare: '合并率',
    newcomersAcceptedShare: '新人的合并率',
    regularsAcceptedShare: '老贡献者的合并率',
    hoursToMerge: '合并用时（中位数）',
    hoursToMergeFromOutside: '合并用时（外部）',
    hoursToMergeFromInside: '合并用时（内部）',
    hoursToFirstResponse: '对外首次回复用时（中位数）',
    hoursToFirstResponseInside: '对内首次回复用时（中位数）',
    issuesNew: '新建的议题',
    issuesClosed: '关闭的议题',
    newForks: '新复刻',
    newStars: '新星标',
  },

  waitingHeading: '等待回复',
  waitingColumns: ['', '已等待', '类型'],
  waitingMore: (more, named) =>
    named === null
      ? phrase`另有 ${number(more)} 个，等待时间更短。`
      : phrase`另有 ${number(more)} 个，等待时间更短：${named}。`,
  waitingPulls: '尚无评审的拉取请求',
  waitingIssues: '尚无评论的议题',
  waitingAnd: '和',
  waitingLists: (lists) => phrase`GitHub 上的列表：${lists}，最早的在前。`,
  threads: { pull_request: '拉取请求', issue: '议题', discussion: '讨论' },
  byNewcomer: (thread) => `新人的${thread}`,
  untitled: '（无标题）',

  owedHeading: '等待再次评审',
  owedColumns: ['', '距作者上次发言', '类型'],

  welcomeHeading: '欢迎',
  others: (people, named) =>
    named ? `以及另外 ${number(people)} 人` : `${number(people)} 位外部贡献者`,
  back: (names) => phrase`时隔半年多再次参与：${names}。`,
  deed: (kind, thread) => {
    const verb = deedVerbs[kind]
    if (verb === undefined || thread === null) return '贡献了代码'
    return kind === 'pull_request.merged' ? phrase`有 ${thread} 被合并` : phrase`${verb} ${thread}`
  },
  and: '，并且',
  end: '。',

  flowHeading: '拉取请求与议题',
  flowSummary: '拉取请求、议题与各类贡献',
  mergesChart: '合并的拉取请求',
  mergesChartLegend: '九周内合并的拉取请求：柱表示全部，线表示来自外部的。',
  mergesKey: '柱表示全部，线表示来自外部的。',
  mergesSeries: { all: '全部', outside: '来自外部' },
  series: {
    told: (name, values) => `${name}：${values.join('，')}`,
    between: '；',
  },
  mergesTitle: (weeks, all, outside) =>
    `${number(weeks)} 周内合并的拉取请求：最近一周 ${number(all)} 个，其中 ${number(outside)} 个来自外部`,
  slowest: (hours) => `每十位外部参与者中，有一位等首次回复超过了 ${longDuration(hours)}。`,
  unanswered: (threads) => `本周结束时，有 ${number(threads)} 个外部发起的对话没有得到回复。`,

  typesColumns: ['真人的贡献', '本周', '人数', '其中外部'],
  types: {
    'pull requests': '新建的拉取请求',
    reviews: '评审与评审意见',
    commits: '提交',
    issues: '新建的议题',
    comments: '评论',
    discussions: '讨论及其评论',
  },

  stars: (total) => `本仓库有 ${number(total)} 个星标。`,
  leftOut: (names) => `因 GitHub 限制长度，省略了：${names.join('、')}。`,

  counted: ({ completeness }) => {
    const { deliveries, failedDeliveries, missedDeliveries, recoveredDeliveries, foundFacts } =
      completeness
    if (deliveries === 0) return null
    const recovered =
      recoveredDeliveries === missedDeliveries
        ? '已全部补回'
        : `已补回 ${number(recoveredDeliveries)} 次`
    const troubles = [
      missedDeliveries > 0 && `漏收 ${number(missedDeliveries)} 次，${recovered}`,
      foundFacts > 0 && `另有 ${number(foundFacts)} 个事件是与 GitHub 比对后发现的`,
      failedDeliveries > 0 && `${number(failedDeliveries)} 次无法读取`,
    ].filter((trouble) => trouble !== false)
    const told = troubles.length === 0 ? '' : `（${troubles.join('；')}）`
    return `依据 ${number(deliveries)} 次事件推送统计${told}。`
  },
  history: (since) => `历史数据自 ${since}起。`,
  automated: ({ automated: { botActions, agentActions, agentCommits } }) => {
    const agents = [
      agentActions > 0 && `${number(agentActions)} 次操作`,
      agentCommits > 0 && `${number(agentCommits)} 个提交`,
    ].filter((part) => part !== false)
    const parts = [
      botActions > 0 && `机器人（${number(botActions)} 次操作）`,
      agents.length > 0 && `AI 智能体（${agents.join('、')}）`,
    ].filter((part) => part !== false)
    return parts.length === 0 ? null : `未计入：${parts.join('、')}。`
  },
  docs: '每个数字是如何得出的',
  leaveMeOut: phrase`不给任何人排名；评论 ${code('/groundswell hide-me')} 就不会再被提到。`,
}

const deedVerbs: Partial<Record<FactKind, string>> = {
  'pull_request.merged': '',
  'issues.opened': '报告了',
  'pull_request.opened': '提交了',
  'pull_request_review.submitted': '评审了',
  'pull_request_review_comment.created': '评审了',
  'discussion.created': '发起了讨论',
  'discussion_comment.created': '参与了讨论',
  'issue_comment.created': '评论了',
}
