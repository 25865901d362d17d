// What the register has said yes to. A crash may take nothing of it; what was asked and never answered may be there or not.

export class Acknowledged {
  /** Customer to the names it may have: the last one acknowledged, and those asked for since without an answer. */
  readonly names = new Map<string, Set<string>>();
  /** Customers erased with all their keys. */
  readonly erased = new Set<string>();
  /** Customers whose erasure was asked and not answered: there or not. */
  readonly uncertain = new Set<string>();
  /** Invoice to its number. */
  readonly invoices = new Map<string, string>();
  /** What changed since it was last looked at: ids of all of the above. */
  readonly #touched = new Set<string>();

  named(id: string, name: string): void {
    this.names.set(id, new Set([name]));
    this.#touched.add(id);
  }

  /** Before the question is sent: from now on both names are right. */
  mayBeNamed(id: string, name: string): void {
    this.names.get(id)?.add(name);
    this.#touched.add(id);
  }

  mayBeErased(id: string): void {
    this.names.delete(id);
    this.uncertain.add(id);
  }

  wasErased(id: string): void {
    this.uncertain.delete(id);
    this.erased.add(id);
    this.#touched.add(id);
  }

  invoiced(id: string, number: string): void {
    this.invoices.set(id, number);
    this.#touched.add(id);
  }

  /** False where it was not acknowledged (any more). */
  forget(id: string): boolean {
    return this.names.delete(id) || this.invoices.delete(id);
  }

  get count(): number {
    return this.names.size + this.erased.size + this.invoices.size;
  }

  /** Ids to look at, once. */
  takeTouched(): string[] {
    const ids = [...this.#touched];
    this.#touched.clear();
    return ids;
  }

  all(): string[] {
    return [...this.names.keys(), ...this.erased, ...this.invoices.keys()];
  }
}
