/** A game would go on by itself when the program that started it is ended: here none does. */
import type { ChildProcess } from 'node:child_process'

const living = new Set<ChildProcess>()

process.once('exit', () => {
  for (const game of living) game.kill('SIGKILL')
})

/** Answers the game. */
export function endWithUs<Game extends ChildProcess>(game: Game): Game {
  living.add(game)
  game.once('exit', () => living.delete(game))
  return game
}
