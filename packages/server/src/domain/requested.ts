/** What a process asks for, as whole numbers: sums of them never drift. */
import type { Process } from './process.ts'

export type Requested = Pick<Process, 'cpu' | 'memoryMb'>

/** Hundredths of a core: a deployment asks for no smaller part. */
export const cpuUnits = (cores: number): number => Math.round(cores * 100)

export const coresOf = (units: number): number => units / 100
