/** What a .dockerignore leaves out, as Docker's own client has it. Pure. */

/** Whether the entry at `path` is left out. */
export type IgnoreRule = (path: string) => boolean

/** Of several patterns that match a path or a folder above it, the last one counts. */
export function ignoreRules(text: string): IgnoreRule {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap(ruleOf)
  return (path) => {
    const paths = withFolders(path)
    const last = rules.findLast(({ pattern }) => paths.some((one) => pattern.test(one)))
    return last?.leavesOut ?? false
  }
}

interface Rule {
  readonly pattern: RegExp
  readonly leavesOut: boolean
}

function ruleOf(line: string): Rule[] {
  if (line.startsWith('#')) return []
  const text = line.trim()
  const leavesOut = !text.startsWith('!')
  const glob = (leavesOut ? text : text.slice(1))
    .trim()
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
  return glob === '' ? [] : [{ pattern: patternOf(glob), leavesOut }]
}

/** `a/b/c`, `a/b`, `a` */
const withFolders = (path: string): string[] =>
  path.split('/').map((_, index, parts) => parts.slice(0, parts.length - index).join('/'))

const piece = /\*\*\/|\*\*|\*|\?|\[[^\]]+\]|\\.|[^*?[\\]+|[[\\]/g

function patternOf(glob: string): RegExp {
  const source = (glob.match(piece) ?? []).map((text) => {
    if (text === '**/') return '(?:.*/)?'
    if (text === '**') return '.*'
    if (text === '*') return '[^/]*'
    if (text === '?') return '[^/]'
    if (text.startsWith('[') && text.length > 2) return classOf(text)
    return escaped(text.length === 2 && text.startsWith('\\') ? text.slice(1) : text)
  })
  return new RegExp(`^${source.join('')}$`, 's')
}

/** `[a-z]`, `[^a]`: a class that makes no sense matches itself only. */
function classOf(text: string): string {
  const source = `${text.startsWith('[^') ? '[^' : '['}${text.slice(text.startsWith('[^') ? 2 : 1, -1).replace(/[\\[]/g, String.raw`\$&`)}]`
  try {
    return new RegExp(source).source
  } catch {
    return escaped(text)
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
