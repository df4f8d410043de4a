import { phrase } from '../../markdown.ts'
import type { Words } from '../language.ts'

/** Every sentence of the check that says that a digest failed. */
export const digestFailure: Words['digestFailure'] = {
  unwritten: (week) => `${week} 的周报未能生成`,
  unsent: (week) => `${week} 的周报未能送达所有位置`,
  mended: (week) => `${week} 的周报一切正常`,
  again: '周报已恢复正常。',
  intro: '出了什么问题，该怎么办：',
  line: (where, why, remedy) => phrase`${where}：${why}。${remedy}`,
  nowhere: '任何位置都未送达',
  somewhere: '其中一个发布位置',
  closed: '应用管理员可在日志中找到原因',
  later: '下周的周报照常发布。',
  remedies: {
    forbidden: '组织所有者可以在设置的“GitHub Apps”中查看本应用是否已获得它请求的全部权限。',
    configuration: '请在配置的 digest.to 中改用别的位置，或者把这个位置建好。',
    operator: '应用管理员可以用“groundswell doctor”查看，并用“groundswell replay --parked”重试。',
  },

  reasons: {
    overtaken: '已有更新的周报',
    deleted: '有人删除了它',
    edited: '有人编辑了它',
    spent: '今天的发布额度已用完',
    noIssues: '议题功能已关闭',
    noDiscussions: '讨论功能已关闭',
    noCategory: '没有合适的讨论分类',
    noSuchCategory: (name, others) =>
      `没有名为“${name}”的讨论分类；现有：${others.replaceAll(', ', '、')}`,
    both: (one, other) => `${one}，而且${other}`,
    triedTooOften: (reason) => `多次重试仍然失败：${reason}`,
  },
}
