/** What was refused, in words: the field, its value and what is allowed. */
import { HatcheryError } from '@hatchery/contract'

/** A validator's finding, as TypeBox gives it. */
export interface Finding {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

const mostFindings = 3
const longestValue = 60

/** One sentence about up to three findings. `where` is `body`, `query` or empty for plain names. */
export function explain(where: string, value: unknown, findings: readonly Finding[]): string {
  const lines = new Set<string>()
  for (const finding of significant(findings)) lines.add(line(where, value, finding))
  const all = [...lines]
  const rest = all.length - mostFindings
  return all.slice(0, mostFindings).join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}

/** Without what only says that an alternative did not fit, where another finding says it better. */
function significant(findings: readonly Finding[]): readonly Finding[] {
  const better = findings.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'not')
  const real = better.filter(({ params }) => !('type' in params && params.type === 'null'))
  return real.length > 0 ? real : findings
}

function line(where: string, value: unknown, finding: Finding): string {
  if (finding.keyword === 'required' && 'requiredProperties' in finding.params) {
    const names = finding.params.requiredProperties as string[]
    return names
      .map((name) => `${nameOf(where, `${finding.instancePath}/${name}`)} is missing`)
      .join('; ')
  }
  const name = nameOf(where, finding.instancePath)
  return `${name} ${allowed(finding)}; got ${show(valueAt(value, finding.instancePath))}`
}

function allowed({ keyword, params, message }: Finding): string {
  if (keyword === 'enum' && 'allowedValues' in params) {
    return `must be one of ${(params.allowedValues as unknown[]).map(String).join(', ')}`
  }
  if (keyword === 'pattern' && 'pattern' in params) return `must match ${String(params.pattern)}`
  return message.replaceAll('"', '')
}

/** `/env/3/name` below `body` is `body.env[3].name`. */
function nameOf(where: string, pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('')
  return `${where}${path}`.replace(/^\./, '')
}

function valueAt(value: unknown, pointer: string): unknown {
  let at = value
  for (const step of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return at
}

/** A value as JSON, cut where it is long. */
export function show(value: unknown): string {
  const text = jsonOf(value)
  return text.length <= longestValue
    ? text
    : `${text.slice(0, longestValue)}… (${text.length} characters)`
}

/** A value may be nested deeper than can be written. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    return 'a value nested without end'
  }
}

/** What becomes a variable of a game's environment cannot have a zero byte: it would end there. Throws `invalid`. */
export function assertNoZeroByte(name: string, text: string): void {
  if (!text.includes('\0')) return
  throw new HatcheryError('invalid', `${name} must have no zero byte; got ${show(text)}`)
}
