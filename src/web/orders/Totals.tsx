import { useWords } from "../words/words.tsx";

type Props = {
  netCents: number;
  vatCents: number;
  totalCents: number;
  byRate: readonly { vatClass: string; permille: number; baseCents: number; vatCents: number }[];
};

/** Net, VAT of each rate, and what there is to pay. */
export function Totals({ netCents, totalCents, byRate }: Props) {
  const { t, money, percent } = useWords();
  return (
    <dl className="totals">
      <div>
        <dt>{t("totals.net")}</dt>
        <dd className="num">{money(netCents)}</dd>
      </div>
      {byRate.map(({ vatClass, permille, vatCents }) => (
        <div key={`${vatClass} ${permille}`}>
          <dt>{t("totals.vat", { rate: percent(permille) })}</dt>
          <dd className="num">{money(vatCents)}</dd>
        </div>
      ))}
      <div data-strong>
        <dt>{t("totals.total")}</dt>
        <dd className="num">{money(totalCents)}</dd>
      </div>
    </dl>
  );
}
