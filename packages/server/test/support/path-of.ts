/** Paths of operations by their entry in the contract, for tests that walk all of them. */
import type { Operation } from '@hatchery/contract'

/**
 * With `chosen` for parameters, else with `known`, by name; `x` where neither has it. A number, by which the oldest
 * versions call builds and deployments, is 1 unless it is chosen.
 */
export function pathOf(
  { path, params }: Operation,
  known: Readonly<Record<string, string>>,
  chosen: Readonly<Record<string, string>> = {},
): string {
  const valueOf = (name: string): string => {
    const schema = params[name]
    const isNumber = schema !== undefined && 'type' in schema && schema.type === 'integer'
    return chosen[name] ?? (isNumber ? '1' : (known[name] ?? 'x'))
  }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueOf(name)))
}
