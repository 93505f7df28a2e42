/** How the line that starts a server is run, so that a stop's SIGTERM reaches the server and its exit code reaches us. */

/** Words to execute as they are, or a script for /bin/sh. */
export type CommandLine =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'script'; readonly text: string }

/**
 * The shell is left out where it has nothing to do, replaced by the server where it starts nothing else, and otherwise
 * told to wait for the server that a stop reached too and to end with its code (a plain shell would die of the signal
 * first and take the exit code with it).
 */
export function commandLine(command: string): CommandLine {
  const text = command.trim()
  if (/^[\w.]*\/[\w./:@%+,= -]*$/.test(text)) return { kind: 'words', text }
  if (startsOneProgram(text)) return { kind: 'script', text: `exec ${text}` }
  return { kind: 'script', text: `trap 'exit $?' TERM INT HUP\n${text}` }
}

const shellWords = new Set(
  '. : ! [ alias bg break case cd command continue eval exec exit export fg for hash if jobs local read readonly return set shift source test time times trap type ulimit umask unalias unset until wait while'.split(
    ' ',
  ),
)

function startsOneProgram(text: string): boolean {
  const [first = ''] = text.split(/\s/)
  return !/[;&|(){}`#\n]/.test(text) && !/^\w+=/.test(first) && !shellWords.has(first)
}
