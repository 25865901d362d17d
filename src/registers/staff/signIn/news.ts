// What the log calls each change of somebody's ways to sign in: the place of its event. The person is told of them (ASVS 5.0 6.3.7), and the log of accounts
// tells them apart.

/** Kinds that a person is told of. */
export const NEWS = [
  "passkeyAdded",
  "passkeyRemoved",
  "passwordSet",
  "passwordRemoved",
  "passwordByLink",
  "linkGiven",
  "factorOn",
  "factorOff",
  "codesRenewed",
  "recoveryCodeUsed",
  "outsideAdded",
  "outsideRemoved",
  "newDevice",
  "rolesChanged",
] as const;
export type NewsKind = (typeof NEWS)[number];

const BEFORE = "signIn.";
export const placeOfNews = (kind: NewsKind): `signIn.${NewsKind}` => `${BEFORE}${kind}`;
export const newsPlaces: readonly string[] = NEWS.map(placeOfNews);
/** undefined where the place is of something else. */
export const newsAt = (place: string): NewsKind | undefined => NEWS.find((kind) => placeOfNews(kind) === place);

/** Somebody came in; and has seen what was told them. Neither is told. */
export const CAME_IN = "signIn.in";
export const SEEN = "signIn.seen";
