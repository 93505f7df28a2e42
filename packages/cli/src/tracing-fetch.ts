/** A `fetch` that says what it did: method, path, status, time and the request's id in the server's log. */
export function tracingFetch(say: (line: string) => void): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const began = performance.now()
    const what = `${init?.method ?? 'GET'} ${url.pathname}${url.search}`
    const response = await fetch(input, init)
    const id = response.headers.get('Hatchery-Request-Id')
    const took = Math.round(performance.now() - began)
    say(`${what}  ${response.status} in ${took} ms${id === null ? '' : `  request ${id}`}`)
    return response
  }
}
