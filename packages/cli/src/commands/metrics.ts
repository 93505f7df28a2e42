/** `hatchery metrics`. */
import type { Context } from '../context.ts'

export async function metrics({ client, out }: Context): Promise<void> {
  const answer = await (await client()).request('GET', '/metrics')
  out.text((await answer.text()).trimEnd())
}
