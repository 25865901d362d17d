// Made-up people and companies for tests, the demo and the measurements. Names are put together here from words of nature and invented
// given names, so that no list of real people stands behind them; the same number always gives the same person.

/** A small generator of its own (mulberry32), so that every run has the same people on every machine. Gives numbers from 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const oneOf = <T>(random: () => number, list: readonly [T, ...T[]]): T =>
  list[Math.floor(random() * list.length)] ?? list[0];

const words = (text: string): [string, ...string[]] => {
  const [first = "", ...rest] = text.trim().split(/\s+/);
  return [first, ...rest];
};

const GIVEN_START = words(
  "Aave Aino Elva Eljas Halla Helka Hiiva Ilma Illa Inka Jalo Jalma Kaiho Kaisla Kerttu Kielo Kuisma Kuura Lahja Lempi Lilja Louna Lumi Luoto " +
    "Meri Mielo Neva Nuppu Oiva Orvo Osma Otso Paju Pilvi Pouta Puro Raita Reima Roihu Ruska Saimi Sampo Säde Sini Sirpa Sisu Suvi Taimi Taito " +
    "Tapio Tarmo Terho Toivo Touko Tuuli Tyyne Unelma Urho Utu Vaula Veli Vieno Viima Visa Väinö Ylermi Öyri",
);
const GIVEN_END = words("a- -ia -kki -lla -lmi -na -nne -ra -rva -sko -ssi -ta -tar -tti -va");
const FAMILY_START = words(
  "Aalto Ahven Aho Airo Eräs Haapa Hauki Halava Hanka Harju Heinä Helmi Hiekka Hilla Honka Huuhka Ilves Jousi Juolukka Jänkä Kaarna Kaisla " +
    "Kallio Kanerva Karpalo Kataja Kelo Kettu Kivi Koivu Korpi Kotka Kuikka Kuovi Kurki Käpy Laavu Lehto Leppä Lokki Lumme Luoti Marja Metso " +
    "Muikku Myrsky Mänty Naava Neva Niitty Näätä Oksa Orava Otava Paju Palsta Pihla Pisara Poro Puolukka Pyry Raita Rapu Repo Routa Ruoko " +
    "Ruusu Saari Salo Sammal Sarka Selkä Siika Sorsa Suo Suvi Särki Taimen Takka Talvi Tervas Tuisku Tunturi Tuohi Tuuli Törmä Usva Vaahtera " +
    "Vaara Varpu Vesi Viita Virta Vuokko Vuono Yrtti Äyräs Öinen",
);
const FAMILY_END = words(
  "aapa aho harju heimo helo joki kaski kero kivi korpi kulma kuru laakso lahti lampi lehto luoma luoto maa marras mäki neva niemi niitty notko " +
    "nurmi oja perä polku pelto puro raitti ranta rinne saari salmi salo selkä sola suo tie tupa vaara valkama vesi vieri virta vuori",
);
const TOWNS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ["00100", "Helsinki"],
  ["20100", "Turku"],
  ["33100", "Tampere"],
  ["40100", "Jyväskylä"],
  ["65100", "Vaasa"],
  ["70100", "Kuopio"],
  ["80100", "Joensuu"],
  ["90100", "Oulu"],
  ["96100", "Rovaniemi"],
  ["06100", "Porvoo"],
];
const STREET_START = words("Esimerkki Kuvitteellinen Keksitty Olematon Satumainen Tarunomainen Mallikas Harjoitus");
const STREET_END = words("katu kuja polku raitti tie väylä");
const TRADE = words(
  "Paja Puoti Huolto Laatta Kaluste Leipomo Kirjasto Valimo Veistämö Kutomo Rakenne Ikkuna Painimo Viljelmä",
);

export type MadeUp = {
  kind: "person" | "organisation";
  name: string;
  email: string;
  phone: string;
  billingAddress: { street: string; postalCode: string; town: string; country: "FI" };
  source: "phone" | "meeting" | "email";
};

/** Customer number `n`: four of five are people. Telephone numbers begin with 000 after the operator's digits, which nobody has. */
export function customerAt(n: number): MadeUp {
  const random = randomFrom(n * 7919 + 17);
  const organisation = random() < 0.2;
  const name = organisation ? companyName(random) : personName(random);
  const [postalCode, town] = oneOf(random, TOWNS);
  const street = `${oneOf(random, STREET_START)}${oneOf(random, STREET_END)} ${1 + Math.floor(random() * 120)}`;
  return {
    kind: organisation ? "organisation" : "person",
    name,
    email: `${bare(name)}.${n}@example.fi`,
    phone: phoneAt(n),
    billingAddress: { street, postalCode, town, country: "FI" },
    source: oneOf(random, ["phone", "phone", "meeting", "email"]),
  };
}

export function personName(random: () => number): string {
  return `${givenName(random)} ${familyName(random)}`;
}

function givenName(random: () => number): string {
  const [start, end] = [oneOf(random, GIVEN_START), oneOf(random, GIVEN_END)];
  return end.startsWith("-") ? `${start}${end.slice(1)}` : start;
}

const familyName = (random: () => number): string => `${oneOf(random, FAMILY_START)}${oneOf(random, FAMILY_END)}`;

function companyName(random: () => number): string {
  return `${familyName(random)}n ${oneOf(random, TRADE)} Oy`;
}

/** 040–050 000 0000 … 9999 999: the subscriber part begins with 000. */
function phoneAt(n: number): string {
  const operator = ["040", "041", "044", "045", "046", "050"][Math.floor(n / 10_000) % 6] ?? "050";
  return `${operator} 000 ${String(n % 10_000).padStart(4, "0")}`;
}

/** Letters that an e-mail address may have before its @. */
const bare = (name: string) =>
  name
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z]+/g, ".");

/** Works of a bicycle workshop, with what they cost (cents, with VAT). */
const WORKS: readonly [readonly [string, number], ...(readonly [string, number])[]] = [
  ["Perushuolto", 89_00],
  ["Täyshuolto ja laakerit", 169_00],
  ["Jarrujen säätö", 35_00],
  ["Ketjujen ja rataspakan vaihto", 98_00],
  ["Renkaan vaihto ja paikkaus", 29_00],
  ["Sähköpyörän akun tarkastus", 55_00],
  ["Vaihteiston säätö", 42_00],
  ["Pinnojen kiristys ja rihtaus", 48_00],
  ["Talvirenkaat asennettuina", 119_00],
  ["Kaupunkipyörä, kolme vaihdetta", 749_00],
  ["Lastenistuin asennettuna", 109_00],
];

export type WorkLine = { description: string; quantity: number; unitPriceCents: number; vatClass: "standard" };

export function worksOf(random: () => number): WorkLine[] {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const [description, unitPriceCents] = oneOf(random, WORKS);
    return { description, quantity: 1, unitPriceCents, vatClass: "standard" };
  });
}

/** A frame number, as workshops write them: two letters and nine digits. */
export function frameNumber(random: () => number): string {
  const letter = () => String.fromCharCode(65 + Math.floor(random() * 26));
  return `${letter()}${letter()}${String(Math.floor(random() * 1e9)).padStart(9, "0")}`;
}
