import { code, phrase, strong } from '../../markdown.ts'
import { number } from '../../numbers.ts'
import type { Words } from '../language.ts'
import { formats } from './formats.ts'

const { growth, longDuration } = formats

/** Every sentence of the answers to commands. */
export const answers: Words['answers'] = {
  help: {
    intro: '在评论里另起一行，以下面任意一条命令开头，就会在这里得到回复：',
    line: (command, what) => phrase`${command}：${what}`,
    commands: {
      help: '这份列表',
      status: '统计了什么、从何时开始、下一份周报何时发布',
      report: '用几个数字看项目最近四周',
      'report login': '某个人的贡献；人人都可以查自己',
      forks: '有自己改动的复刻',
      digest: '本周至今的周报，写在一条评论里，再次查询时更新',
      pause: '在恢复之前不主动发布任何内容；统计照常',
      resume: '恢复发布',
      mute: '不再在这个对话里发言，并收回这里的评论；限有写权限的人和拉取请求的作者',
      unmute: '恢复在这个对话里发言',
      'hide-me': '你的名字不再出现在任何地方；贡献仍计入统计',
      'forget-me': '永久删除关于你的数据，包括本应用关注的每个仓库里的',
    },
  },

  status: {
    since: (date) => `自 ${date}起统计。`,
    history: (date) => `此前的历史可追溯到 ${date}。`,
    notYet: '尚未统计任何内容。',
    commits: (date, isWhole) =>
      isWhole ? `默认分支的全部提交均已知，最早到 ${date}。` : `默认分支的提交目前已知到 ${date}。`,
    commitsClosed: 'GitHub 不向本应用展示提交；应用管理员可在日志中找到原因。',
    reading: (spent, planned) =>
      `正在读取历史：目前已用约 ${number(planned.points)} 个 GraphQL 点数中的 ${number(spent.points)} 个，约 ${number(planned.requests)} 次请求中的 ${number(spent.requests)} 次。`,
    closedLanes: (lanes) => `GitHub 不向本应用提供以下历史：${lanes.join('、')}。`,
    lanes: {
      pull_requests: '拉取请求',
      issues: '议题',
      releases: '发布',
      forks: '复刻',
      discussions: '讨论',
      review_comments: '评审意见',
      stars: '星标',
    },
    deliveries: (kept, failed, days) => {
      const received = `最近 ${number(days)} 天收到 ${number(kept)} 次事件推送`
      return failed === 0
        ? `${received}，全部已读取。`
        : `${received}，其中 ${number(failed)} 次无法读取；应用管理员可在日志中找到它们。`
    },
    cost: (points, requests, days) =>
      `最近 ${number(days)} 天，这里的读取与发布用去 GitHub 限额中的 ${number(requests)} 次请求和 ${number(points)} 个 GraphQL 点数。`,
    lastDigest: (week, at) => phrase`上一份周报：${week}，${at}。`,
    noDigest: '尚未发布周报。',
    nextDigest: (at) => `下一份周报：${at}。`,
    digestProblem: (place, problem) => {
      const what = place === null ? '未能生成' : phrase`未能送达 ${place}`
      if (problem === null) return phrase`上一份周报${what}；应用管理员可在日志中找到原因。`
      return place === null
        ? phrase`上一份周报${what}：${problem}`
        : phrase`周报${what}：${problem}`
    },
    somewhere: '其中一个发布位置',
    digestsOff: '周报已关闭。',
    paused: phrase`${strong('已暂停')}：在有人评论 ${code('/groundswell resume')} 之前不会主动发布。`,
    rollUp: (latest) =>
      latest === null
        ? '这里每周汇总一次整个组织的所有仓库；目前尚未发布。'
        : phrase`这里每周汇总一次整个组织的所有仓库，最近一次：${latest}。`,
    posts: (made, allowed) =>
      allowed === 0
        ? phrase`这里不发布任何内容：${code('posts-per-day')} 为 0。`
        : `最近 24 小时已用去每日 ${number(allowed)} 条发布额度中的 ${number(made)} 条。`,
    quietHours: ({ from, to }, zone) => `${from} 至 ${to}（${zone}）之间不会主动发布。`,
    muted: (threads) =>
      phrase`有 ${number(threads)} 个对话已静音；在其中评论 ${code('/groundswell unmute')} 即可恢复。`,
    configured: phrase`${code('.github/groundswell.yml')} 中的配置有效。`,
    defaults: phrase`没有 ${code('.github/groundswell.yml')}，因此使用默认值。`,
    misconfigured: (problem) => phrase`${strong('配置有问题')}，因此沿用上一个有效版本：${problem}`,
    oldFashioned: (notice) => phrase`配置有效，但${strong('使用了旧的写法')}：${notice}`,
    noReason: '详情见该提交上的检查。',
  },

  digestSoFar: {
    from: { monday: '星期一', sunday: '星期日', saturday: '星期六' },
    notOver: (from, until) =>
      phrase`${strong('这一周还没有结束')}。以下统计从${from}到 ${until}。再次查询时，这条评论会更新。`,
    nothing: (until) =>
      phrase`${strong('这一周还没有结束')}，到 ${until}为止还没有值得写进周报的事。再次查询时，这条评论会更新。`,
  },

  forgotten: {
    done: '你已被遗忘。你的登录名、提交签名，以及由贡献追溯到你的一切，都已从这里删除，本应用关注的每个仓库都是如此。你做过的事仍计入统计，就像来自已注销的账号，不归于任何人。',
    later:
      '关于你的拉取请求的评论会被收回，GitHub 上提到过你的周报会重写。此后 GitHub 传来的任何内容都不会让你重新出现：为此只保留你的账号编号、登录名和签名的带密钥哈希，别无其他。',
    undone: phrase`此操作无法撤销。你写在 GitHub 上的内容仍留在那里；已经发到聊天或邮件里的无法收回。如果你还有别的账号，请用那个账号再提出一次；${code('/groundswell hide-me')} 更温和，只隐去名字。`,
    thanks: '感谢你为这个项目所做的一切。',
  },

  report: {
    title: (days) => days,
    columns: ['', '这四周', '之前四周'],
    metrics: {
      contributors: '贡献者',
      outsideContributors: '外部贡献者',
      newContributors: '首个拉取请求被合并的人',
      opened: '新建的拉取请求',
      merged: '合并的拉取请求',
      mergedFromOutside: '其中来自外部',
      hoursToFirstResponse: '对外首次回复用时（中位数）',
      issuesNew: '新建的议题',
      issuesClosed: '关闭的议题',
      newForks: '新复刻',
      newStars: '新星标',
    },
    nothing: '最近四周没有统计到任何内容。',
    waiting: (threads) => `有 ${number(threads)} 个外部发起的对话在等待首次回复。`,
    absenceFactor: (people) => `一半的贡献来自 ${number(people)} 人。`,
    issueAge: (hours) => `未关闭的议题已开了 ${longDuration(hours)}（中位数）。`,
    network: (total, rate) =>
      `复刻网络共 ${number(total)} 个${rate === null ? '' : `（${growth(rate)}）`}。`,
    stars: (total) => `本仓库有 ${number(total)} 个星标。`,
    since: (date) => `历史数据自 ${date}起。`,
    automated: '机器人和 AI 智能体未计入。',
    docs: '每个数字是如何得出的',
  },

  person: {
    nothing: (who) => phrase`这里没有 ${who} 的贡献记录。`,
    bot: (who) => phrase`${who} 按机器人或 AI 智能体统计，不算作人。`,
    work: (who, { merged, opened, reported }) => {
      const pullRequests =
        merged > 0
          ? phrase`在这里有 ${strong(`${number(merged)} 个被合并的拉取请求`)}${opened > merged ? `（共提交 ${number(opened)} 个）` : ''}`
          : phrase`在这里提交了 ${number(opened)} 个拉取请求，${opened === 1 ? '' : '都'}还没有合并`
      const issues = phrase`报告了 ${number(reported)} 个议题`
      if (merged + opened === 0) {
        return phrase`${who} ${reported > 0 ? phrase`在这里${issues}` : '以其他方式在这里作出了贡献'}。`
      }
      return reported === 0
        ? phrase`${who} ${pullRequests}。`
        : phrase`${who} ${pullRequests}，并${issues}。`
    },
    latest: (links) => phrase`最近几个：${links}。`,
    areas: (areas) => phrase`主要集中在 ${areas}。`,
    seen: (first, last) =>
      first === last ? `只在 ${first}出现过。` : `最早出现在 ${first}，最近一次在 ${last}。`,
  },

  refusal: {
    unknown: (command) =>
      phrase`没有 ${command} 这条命令。${code('/groundswell help')} 会列出现有的命令。`,
    writers: (command) =>
      phrase`${command} 会改变设置，因此需要本仓库的写权限。有写权限的人可以写下同样的一行。`,
    authors: (command) =>
      phrase`${command} 供有本仓库写权限的人使用，拉取请求的作者也可以在自己的拉取请求里使用。他们可以写下同样的一行。`,
    onlyYourself: phrase`在这里，人人都可以用 ${code('/groundswell report')} 加自己的登录名查自己。查别人需要更多权限，以本仓库的配置为准。`,
    failed: '我们这边出了问题，应用管理员能看到原因。请稍后再试。',
  },

  nameless: '这个名字',
  emptyCommand: '/groundswell',
}
