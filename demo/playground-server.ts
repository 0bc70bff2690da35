// Nightline's server: an account server of its own on a second database, and the choices its application asks for.
import { createAccountServer } from 'latchkey/server'
import { playgroundFields } from './playground-fields.ts'

export interface PlaygroundOptions {
  /** Address of the first database. */
  readonly databaseUrl: string
  readonly origin: string
  readonly allowedOrigins?: readonly string[]
}

export interface Playground {
  /** Answers everything below `/playground/`. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly close: () => Promise<void>
}

const CABINS = [
  { value: 'couchette', label: 'Couchette, six beds', description: 'The cheapest, and the best stories.' },
  { value: 'four', label: 'Four beds' },
  { value: 'two', label: 'Two beds', description: 'With a wash basin.' },
  { value: 'single', label: 'Single, with shower' },
]

/** The single cabins are taken before the train gets to Sweden. */
function cabinsFrom(boarding: string) {
  return CABINS.map((cabin) => ({ ...cabin, disabled: cabin.value === 'single' && boarding === 'malmo' }))
}

const STATIONS =
  'Aachen Aarhus Amsterdam Antwerp Arnhem Augsburg Basel Bergen Berlin Bern Bielefeld Bologna Bonn Borås Bremen Bruges Brussels Budapest Cologne Copenhagen Dijon Dortmund Dresden Erfurt Flensburg Frankfurt Freiburg Gävle Geneva Ghent Gothenburg Graz Groningen Halmstad Hamburg Hanover Heidelberg Helsingborg Innsbruck Kalmar Karlsruhe Kassel Kiel Kiruna Kraków Leipzig Liège Lille Linz Luleå Lund Luxembourg Lyon Magdeburg Malmö Milan Munich Münster Narvik Norrköping Nuremberg Odense Örebro Oslo Östersund Padborg Paris Poznań Prague Roskilde Rostock Rotterdam Salzburg Stockholm Strasbourg Stuttgart Sundsvall Trondheim Turin Ulm Umeå Uppsala Utrecht Västerås Venice Verona Vienna Warsaw Wrocław Zürich'.split(
    ' ',
  )

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function stationsLike(search: string) {
  return STATIONS.filter((name) => fold(name).includes(fold(search.trim())))
    .slice(0, 12)
    .map((name) => ({ value: name, label: name }))
}

/** A file beside the first one; a PostgreSQL server's accounts are those of the first door, so this one keeps to a file. */
function secondDatabase(databaseUrl: string): string {
  return databaseUrl.startsWith('file:') ? databaseUrl.replace(/[^/:]*$/, 'playground.db') : 'file:data/playground.db'
}

export async function createPlayground({ databaseUrl, ...origins }: PlaygroundOptions): Promise<Playground> {
  const accounts = await createAccountServer({
    ...origins,
    databaseUrl: secondDatabase(databaseUrl),
    basePath: '/playground/account',
    fields: playgroundFields(origins.origin),
  })
  return {
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url)
      if (pathname === '/playground/cabins') return Response.json(cabinsFrom(searchParams.get('from') ?? ''))
      if (pathname === '/playground/stations') return Response.json(stationsLike(searchParams.get('search') ?? ''))
      return accounts.fetch(request)
    },
    close: accounts.close,
  }
}
