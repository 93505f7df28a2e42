/** The test kit: a whole server inside a test of one's own backend. */
export type { Games, GameStart } from './games.ts'
export { type TestHatchery, type TestHatcheryOptions, startHatchery } from './start-hatchery.ts'
export type { TestClock } from './test-clock.ts'
