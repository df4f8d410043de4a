import type { YamlMistake } from '../../../../config/yaml-mistake.ts'

/** What is said of a text that is not YAML, and what to do about it. */
export const configurationSyntax: Record<YamlMistake, [message: string, remedy: string]> = {
  'a tab': ['这一行用制表符缩进。', '请用空格缩进。'],
  'a foreign blank': ['这一行开头的空白并不是普通空格。', '请换成普通空格。'],
  'a wide colon': ['这里用了全角冒号（：）。', '请写半角冒号加空格。'],
  'a merge conflict': [
    '文件中留有合并冲突的标记。',
    '请解决冲突，并删除 <<<<<<<、======= 和 >>>>>>> 所在的行。',
  ],
  'a name twice': ['同一个名称写了两次。', '请只保留其中一个。'],
  'no plain name': ['这里应是一个名称。', '请直接写选项的名称。'],
  'another column': ['这一行与同组的其他行没有对齐。', '同一组选项请从同一列开始。'],
  'a second colon': [
    '这个值本身含有冒号，或者下一行缩进过多。',
    '含冒号的文本请加引号，同一组选项请从同一列开始。',
  ],
  'no colon': ['这一行不是“name: value”的形式。', '请每行写一个选项，例如“timezone: UTC”。'],
  'a reserved character': ['文本不能以这个字符开头。', '请加上引号；登录名不带 @。'],
  'an open quote': ['这里的引号没有闭合。', '请补上另一半；单引号内的撇号要写两次。'],
  'an open bracket': ['这里的括号没有闭合。', '请补上另一半；以括号开头的文本请加引号。'],
  'no comma': ['括号内缺少逗号。', '请用逗号分隔各项。'],
  'more after the value': [
    '值的后面还有不属于它的内容。',
    '请给整个值加上引号；单引号内的撇号要写两次。',
  ],
  'a backslash': ['双引号内的反斜杠后面不是有效的转义。', '请写两个反斜杠，或改用单引号。'],
  'an asterisk': [
    '不加引号的 * 表示重复用 & 命名过的内容，而这里没有对应的名称。',
    '以 * 开头的文本请加引号。',
  ],
  'a tag': ['不支持以“!”开头的标签。', '请只写值，或给它加上引号。'],
  'a directive': ['这一行以 % 开头。', '请删除这一行，或给文本加上引号。'],
  'a second document': ['从这里开始是第二个文档。', '请只保留一个：删除前面的“---”或“...”。'],
  'no YAML': [
    '这里无法读取。',
    '请与示例对照这一行：每行一个选项，写作“name: value”；含括号或冒号的文本要加引号。',
  ],
}
