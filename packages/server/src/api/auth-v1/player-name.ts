/** Names for players who did not choose one: three words, easy to say. Two players may have the same. */
import { randomInt } from 'node:crypto'

export const newPlayerName = (): string =>
  [manners, colours, animals].map((words) => words[randomInt(words.length)]).join('-')

const manners: readonly string[] = (
  'brave calm clever curious daring eager fearless fierce friendly gentle happy honest jolly keen kind lively ' +
  'lucky mellow merry mighty nimble noble patient playful polite proud quick quiet ready silent sleepy sly ' +
  'smart sneaky solid steady sturdy subtle sunny swift tidy tiny tough tricky upbeat vivid wild wise witty zesty'
).split(' ')

const colours: readonly string[] = (
  'amber aqua azure beige black blue bronze brown copper coral cream crimson cyan emerald fuchsia gold golden ' +
  'green grey indigo ivory jade khaki lavender lemon lilac lime magenta maroon mauve mint navy ochre olive ' +
  'orange peach pearl pink plum purple red ruby rust sapphire scarlet silver teal turquoise violet white'
).split(' ')

const animals: readonly string[] = (
  'ant badger bat bear beaver bee bison boar camel cat cobra crane crow deer dolphin dove duck eagle eel falcon ' +
  'ferret finch fox frog gecko goat goose hare hawk heron horse ibis koala lemur lion llama lynx mole moose ' +
  'moth newt otter owl panda panther puma rabbit raven seal shark sloth snail spider stork swan tiger toad ' +
  'trout turtle walrus wasp weasel whale wolf wombat yak zebra'
).split(' ')
