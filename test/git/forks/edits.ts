/** A file of the generated project: text in lines, or bytes that are no text. */
export interface MadeFile {
  mode: '100644' | '100755'
  text: string
}

export type Tree = ReadonlyMap<string, MadeFile>

/** A change that can be made again on another version of the file, as a person would pick it. */
export type Edit =
  | { kind: 'add'; path: string; text: string }
  | { kind: 'write'; path: string; text: string }
  | { kind: 'remove'; path: string }
  | { kind: 'mode'; path: string }
  | { kind: 'replace'; path: string; line: string; by: string }
  | { kind: 'insert'; path: string; after: string; line: string }

/** The tree with the edits in it, as far as there is still, or yet, what they touch. */
export function edited(tree: Tree, edits: readonly Edit[]): Tree {
  const next = new Map(tree)
  for (const edit of edits) {
    const file = editedFile(next.get(edit.path), edit)
    if (file === null) next.delete(edit.path)
    else if (file !== undefined) next.set(edit.path, file)
  }
  return next
}

/** Undefined where nothing is to be done; null where the file goes. */
function editedFile(file: MadeFile | undefined, edit: Edit): MadeFile | null | undefined {
  if (edit.kind === 'add') return file === undefined ? { mode: '100644', text: edit.text } : file
  if (file === undefined) return undefined
  if (edit.kind === 'remove') return null
  if (edit.kind === 'mode') return { ...file, mode: '100755' }
  if (edit.kind === 'write') return { ...file, text: edit.text }
  const lines = file.text.split('\n')
  const at = lines.indexOf(edit.kind === 'replace' ? edit.line : edit.after)
  if (at === -1) return undefined
  if (edit.kind === 'replace') lines[at] = edit.by
  else if (!lines.includes(edit.line)) lines.splice(at + 1, 0, edit.line)
  return { ...file, text: lines.join('\n') }
}

export function isSameTree(a: Tree, b: Tree): boolean {
  return a.size === b.size && [...a].every(([path, file]) => isSameFile(file, b.get(path)))
}

export function isSameFile(a: MadeFile, b: MadeFile | undefined): boolean {
  return b !== undefined && a.text === b.text && a.mode === b.mode
}
