/**
 * Contenders measured in turns, so that what a machine's neighbours do hits all of them alike; every other round runs
 * backwards, so that none always follows the same one.
 */
import type { Figure, RowContext, Unit } from './row.ts'
import { median } from './statistics.ts'

export type Figures = Readonly<Record<string, number>>

/** The figures of a contender, a value for each round. */
export interface Series {
  of(figure: string, unit: Unit): Figure
}

export async function alternately<Name extends string>(
  { rounds, say }: RowContext,
  contenders: Readonly<Record<Name, () => Promise<Figures>>>,
): Promise<Record<Name, Series>> {
  const names = Object.keys(contenders) as Name[]
  const taken = new Map<Name, Figures[]>(names.map((name) => [name, []]))
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of round % 2 === 1 ? names : names.toReversed()) {
      say(`round ${round} of ${rounds}: ${name}`)
      taken.get(name)?.push(await contenders[name]())
    }
  }
  return Object.fromEntries(names.map((name) => [name, seriesOf(taken.get(name) ?? [])])) as Record<
    Name,
    Series
  >
}

const seriesOf = (taken: readonly Figures[]): Series => ({
  of(figure, unit) {
    const rounds = taken.flatMap((figures) => figures[figure] ?? [])
    return { value: median(rounds), unit, rounds }
  },
})
