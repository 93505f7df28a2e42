/** `hatchery completion SHELL`: a script that asks `hatchery complete` for the words that may follow. */
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'

const scripts: Readonly<Record<string, string>> = {
  bash: `_hatchery() {
  local IFS=$'\\n'
  COMPREPLY=($(hatchery complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _hatchery hatchery`,
  zsh: `#compdef hatchery
_hatchery() {
  local -a found
  found=("\${(@f)$(hatchery complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  [[ -n "\${found[1]}" ]] && compadd -- $found || _files
}
compdef _hatchery hatchery`,
  fish: `complete -c hatchery -a '(hatchery complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'`,
}

export async function completion({ out }: Context, { words: [shell = ''] }: Input): Promise<void> {
  const script = scripts[shell]
  if (script === undefined)
    throw usageFailure(
      `SHELL must be one of ${Object.keys(scripts).join(', ')}; got "${shell}"`,
      'hatchery completion bash',
    )
  out.text(script)
}
