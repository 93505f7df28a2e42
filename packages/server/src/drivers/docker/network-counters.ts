/** What the kernel counted in a container's network: bytes that left it, datagrams that came in. */
import { readSmall } from '../linux/process-stat.ts'

/** Bytes sent by all interfaces but the loopback; undefined when the process is gone. */
export function egressBytesOf(pid: number): number | undefined {
  const text = readSmall(`/proc/${pid}/net/dev`)
  return text === undefined ? undefined : sentBytesIn(text)
}

/** Two lines of titles, then `eth0: RECEIVED … SENT …`: bytes sent are the ninth number. */
export function sentBytesIn(text: string): number {
  let sum = 0
  for (const line of text.split('\n').slice(2)) {
    const [name = '', numbers = ''] = line.split(':')
    if (numbers === '' || name.trim() === 'lo') continue
    sum += Number(numbers.trim().split(/\s+/)[8])
  }
  return sum
}

/** UDP datagrams that programs got, over IPv4 and IPv6; undefined when the process is gone. */
export function datagramsOf(pid: number): number | undefined {
  const four = readSmall(`/proc/${pid}/net/snmp`)
  const six = readSmall(`/proc/${pid}/net/snmp6`) ?? ''
  return four === undefined ? undefined : datagramsIn(four) + datagramsIn6(six)
}

/** A line of names and one of numbers for each protocol: `Udp: InDatagrams NoPorts …`, `Udp: 5 0 …`. */
export function datagramsIn(text: string): number {
  const [, numbers] = text.split('\n').filter((line) => line.startsWith('Udp: '))
  return Number(numbers?.split(' ')[1] ?? 0)
}

const datagramsIn6 = (text: string): number =>
  Number(/^Udp6InDatagrams\s+(\d+)$/m.exec(text)?.[1] ?? 0)
