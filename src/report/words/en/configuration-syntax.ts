import type { YamlMistake } from '../../../../config/yaml-mistake.ts'

/** What is said of a text that is not YAML, and what to do about it. */
export const configurationSyntax: Record<YamlMistake, [message: string, remedy: string]> = {
  'a tab': ['The line is indented with a tab.', 'Indent with spaces.'],
  'a foreign blank': [
    'The line begins with a blank that only looks like a space.',
    'Replace it by a plain space.',
  ],
  'a wide colon': ['The colon is a full-width one (：).', 'Write a plain colon and a space.'],
  'a merge conflict': [
    'The file holds marks of a merge conflict.',
    'Resolve it, and remove the lines of <<<<<<<, ======= and >>>>>>>.',
  ],
  'a name twice': ['This name is given twice.', 'Keep one of the two.'],
  'no plain name': ['A name belongs here, and this is none.', 'Write the plain name of an option.'],
  'another column': [
    'The line begins in another column than those of the same group.',
    'Begin all options of a group in the same column.',
  ],
  'a second colon': [
    'The value holds a colon of its own, or the next line is indented too far.',
    'Put text that holds a colon in quotes, and begin all options of a group in the same column.',
  ],
  'no colon': ['The line is not "name: value".', 'Write one option a line, like "timezone: UTC".'],
  'a reserved character': [
    'Text cannot begin with this character.',
    'Put it in quotes. Logins are written without the @.',
  ],
  'an open quote': [
    'A quote is opened here and not closed.',
    'Close it. Between single quotes, write an apostrophe twice.',
  ],
  'an open bracket': [
    'A bracket is opened here and not closed.',
    'Close it, or put text that begins with a bracket in quotes.',
  ],
  'no comma': ['Between the brackets a comma is missing.', 'Write a comma after each entry.'],
  'more after the value': [
    'Something follows that does not belong to the value.',
    'Put all of the value in quotes. Between single quotes, write an apostrophe twice.',
  ],
  'a backslash': [
    'A backslash between double quotes begins something that does not exist.',
    'Write it twice, or use single quotes.',
  ],
  'an asterisk': [
    'A * without quotes repeats what was named with &, and nothing was.',
    'Put text that begins with * in quotes.',
  ],
  'a tag': ['Tags, which begin with !, are not read.', 'Write the value alone, or in quotes.'],
  'a directive': ['The line begins with %.', 'Remove it, or put the text in quotes.'],
  'a second document': [
    'A second document begins here.',
    'Keep one: remove the line "---" or "..." before it.',
  ],
  'no YAML': [
    'This cannot be read.',
    'Compare the line with an example: one option a line, "name: value", and quotes around text that holds brackets or colons.',
  ],
}
