/** What the first bytes of a file say about the machine it is for. */
import { arch } from 'node:process'

const elfMachines = new Map([
  [3, 'ia32'],
  [40, 'arm'],
  [62, 'x64'],
  [183, 'arm64'],
  [243, 'riscv64'],
])

const macMagics = new Set(['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'])

export type ProgramKind =
  | { readonly kind: 'fits' }
  /** `#!` and the program that runs the file. */
  | { readonly kind: 'script'; readonly interpreter: string }
  | { readonly kind: 'foreign'; readonly reason: string }

/** `start` are the first 256 bytes or what there is. What is not known counts as fitting: the kernel decides. */
export function programKind(start: Buffer): ProgramKind {
  if (start.byteLength === 0) return { kind: 'foreign', reason: 'is empty' }
  if (start.toString('latin1', 0, 2) === '#!') return script(start)
  const hex = start.toString('hex', 0, 4)
  if (hex.startsWith('4d5a'))
    return { kind: 'foreign', reason: 'is a Windows program: build the server for Linux' }
  if (macMagics.has(hex))
    return { kind: 'foreign', reason: 'is a macOS program: build the server for Linux' }
  if (hex === '7f454c46' && start.byteLength >= 20) return elf(start)
  return { kind: 'fits' }
}

function elf(start: Buffer): ProgramKind {
  const number = start[5] === 2 ? start.readUInt16BE(18) : start.readUInt16LE(18)
  const machine = elfMachines.get(number)
  if (machine === undefined || machine === arch || (machine === 'ia32' && arch === 'x64'))
    return { kind: 'fits' }
  if (machine === 'arm' && arch === 'arm64') return { kind: 'fits' }
  return {
    kind: 'foreign',
    reason: `is built for ${machine}, but this machine is ${arch}: build the server for Linux on ${arch}`,
  }
}

function script(start: Buffer): ProgramKind {
  const [line = ''] = start.toString('latin1', 2).split('\n', 1)
  if (line.endsWith('\r')) {
    return {
      kind: 'foreign',
      reason:
        'has Windows line ends, with which Linux does not find its interpreter: save it with Unix line ends',
    }
  }
  return { kind: 'script', interpreter: line.trim().split(/\s/, 1)[0] ?? '' }
}
