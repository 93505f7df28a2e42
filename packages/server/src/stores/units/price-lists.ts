/** What usage costs, from which month on. */
import type { DatedPriceList } from '../../domain/price-list.ts'
import { type Unit, rows, sql } from '../statements.ts'

export function* keepPriceList(list: DatedPriceList): Unit<void> {
  yield sql`
    insert into price_lists (month, record) values (${list.month}, ${JSON.stringify(list)})
    on conflict (month) do update set record = excluded.record`
}

export function* listPriceLists(): Unit<DatedPriceList[]> {
  const found = yield* rows<{ record: string }>(sql`select record from price_lists order by month`)
  return found.map(({ record }) => JSON.parse(record) as DatedPriceList)
}
