/** What a row of the bench is, and what it says when it has run. */

import type { StoredFolders } from './stored.ts'

export interface Row {
  /** Its number in the table of goals. */
  readonly number: number
  readonly title: string
  /** Rejects with a Skip where the machine lacks something. */
  run(context: RowContext): Promise<Line[]>
}

export interface RowContext {
  readonly rounds: number
  /** Data folders with so many ended processes, shared by the rows of a run. */
  readonly stored: StoredFolders
  /** An empty folder that goes when the row has run. */
  readonly folder: string
  /** How many processes live in the row about recovery. */
  readonly alive: number
  /** Leaves rows of one million stored processes out. */
  readonly small: boolean
  /** Says how far the row is. */
  say(progress: string): void
}

export type Unit = 'ms' | '/s' | ''

/** A figure: the median over the rounds, and the rounds themselves where there were any. */
export interface Figure {
  readonly value: number
  readonly unit: Unit
  readonly rounds?: readonly number[]
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number }

/** One line of the table: a figure of ours against that of a reference. */
export interface Line {
  readonly operation: string
  readonly floor: Figure | null
  readonly hatchery: Figure
  /** Null: told only, no goal is set. */
  readonly goal: Goal | null
  /** What the goal is about: the ratio of the two, or our figure alone. */
  readonly held: 'ratio' | 'value'
  readonly note?: string
}

export type Verdict = 'pass' | 'miss' | 'told'

export const ratioOf = ({ floor, hatchery }: Line): number | null =>
  floor === null ? null : hatchery.value / floor.value

export function verdictOf(line: Line): Verdict {
  if (line.goal === null) return 'told'
  const held = line.held === 'ratio' ? ratioOf(line) : line.hatchery.value
  if (held === null || !Number.isFinite(held)) return 'miss'
  const met = 'atMost' in line.goal ? held <= line.goal.atMost : held >= line.goal.atLeast
  return met ? 'pass' : 'miss'
}

/** Why a row cannot run on this machine. */
export class Skip extends Error {
  override readonly name = 'Skip'
}
