import type { Given, Hint } from '../../../../config/fault.ts'
import { phrase } from '../../markdown.ts'
import type { Words } from '../language.ts'
import { being } from './configuration-rules.ts'
import { configurationSyntax } from './configuration-syntax.ts'

/** Every sentence of the check on a configuration. */
export const configuration: Words['configuration'] = {
  arrived: {
    invalid: { title: '配置未生效', summary: '修正之前，沿用此前有效的配置。' },
    incomplete: {
      title: '周报无法送达所有位置',
      summary: '配置已生效。以下位置会被跳过：',
    },
    oldFashioned: {
      title: '配置有效，但使用了旧写法',
      summary: '配置即刻生效。以下写法能够识别，建议改用新写法：',
    },
    valid: { title: '配置有效', summary: '配置即刻生效。' },
  },
  proposed: {
    invalid: {
      title: '配置不会生效',
      summary: '照这样合并不会有任何变化：仍沿用现在有效的配置。',
    },
    incomplete: {
      title: '周报将无法送达所有位置',
      summary: '合并后配置会生效。以下位置会被跳过：',
    },
    oldFashioned: {
      title: '配置有效，但使用了旧写法',
      summary: '合并后配置会生效。以下写法能够识别，建议改用新写法：',
    },
    valid: { title: '配置有效', summary: '合并后生效。' },
  },
  remark: (line, message, remedy) => phrase`第 ${String(line)} 行：${message}${remedy}`,
  unseen: '这里的内容无法显示。',
  standing: (file, line, what) =>
    `${file === null ? '' : `${file} `}第 ${String(line)} 行：${what}`,

  faults: {
    'bad value': ({ option, isEntry, given, hint, rule }) => ({
      message: `${option === null ? '文件' : `${option} `}${isEntry ? '中的一项' : ''}不能${shown(given)}。`,
      remedy: `${hint === null ? '' : meant(hint)}${being(rule)}。`,
    }),
    'unknown option': ({ option, guess, known }) => ({
      message: `没有选项“${option}”。`,
      remedy: `${guess === null ? '' : meant({ guess })}这里可用的选项：${known.join('、')}。`,
    }),
    'merge key': () => ({ message: '不支持合并键（<<）。', remedy: '请逐项写出选项。' }),
    'old name': ({ old, now, isBoth }) =>
      isBoth
        ? {
            message: `“${old}”是“${now}”的旧名称，而文件中也写了后者：以后者为准。`,
            remedy: `请删除“${old}”。`,
          }
        : { message: `“${old}”是“${now}”的旧名称，仍可识别。`, remedy: `请改写为“${now}”。` },
    'old spelling': ({ option, given, proper }) => ({
      message: `${option} 写的${shown(given)}，按“${proper}”识别。`,
      remedy: `请写作“${proper}”。`,
    }),
    'too large': ({ most }) => ({
      message: `文件超过 ${most}。`,
      remedy: '请只保留与默认值不同的选项。',
    }),
    'not text': () => ({
      message: '文件不是文本。',
      remedy: '请换成文本文件，每行一个选项。',
    }),
    'not UTF-8': () => ({
      message: '文件含有非 UTF-8 的字符。',
      remedy: '请以 UTF-8 编码保存。',
    }),
    'too deep': () => ({ message: '文件嵌套过深。', remedy: '选项最多只需两级。' }),
    'too much': () => ({
      message: '文件在一处的内容过多。',
      remedy: '列表最多 1,000 个登录名。',
    }),
    aliases: () => ({
      message: '文件用别名（*）重复了自身的一部分，无法解析。',
      remedy: '请直接写出这些值。',
    }),
    'another YAML': ({ version }) => ({
      message: `文件声明为 YAML ${version}，而这里只读取 YAML 1.2。`,
      remedy: '请删除以 %YAML 开头的那一行。',
    }),
    syntax: ({ mistake }) => {
      const [message, remedy] = configurationSyntax[mistake]
      return { message, remedy }
    },
    'no such channel': ({ to, offered }) => ({
      message: `没有可供本仓库使用的渠道“${to}”。`,
      remedy: `服务器提供：${offered.length === 0 ? '无' : offered.join('、')}。`,
    }),
    'not for private': ({ to }) => ({
      message: `本仓库是私有的，而“${to}”没有指明它。`,
      remedy: '应用管理员可以添加。',
    }),
    'roll-up here': ({ owner, path }) => ({
      message: 'roll-up 是组织的选项，而这是单个仓库的文件。',
      remedy: `请移到 ${owner}/.github 的 ${path} 中。`,
    }),
    'no roll-up there': ({ owner, name }) => ({
      message: `${owner} 的仓库“${name}”没有安装本应用，或已归档：那里不会发布任何内容。`,
      remedy: '请指定一个本应用可以发布的仓库，或写 none。',
    }),
  },
}

function shown(given: Given): string {
  switch (given.is) {
    case 'nothing':
      return '为空'
    case 'an empty list':
      return '是空列表'
    case 'a list':
      return '是列表'
    case 'options':
      return '是一组选项'
    case 'text':
      return `是“${given.shown}”`
    case 'other':
      return `是 ${given.shown}`
  }
}

function meant(hint: Hint): string {
  return hint === 'quotes' ? '请加上引号。' : `你是想写“${hint.guess}”吗？`
}
