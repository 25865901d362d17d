// Who does what and why: a permission has purposes, and asks for no category that the purpose or the register does not hold.
import { error, type Lint, own, warning } from "./issue.ts";

export const roles: Lint = function* (d) {
  for (const [id, role] of Object.entries(d.roles)) {
    const path = ["roles", id];
    if (role.may.length + role.rights.length + role.keeps.length + role.inspects.length === 0)
      yield error("idleRole", path, { role: id });
    for (const [n, may] of role.may.entries()) {
      const at = [...path, "may", n];
      if (may.purposes.length === 0) yield error("roleWithoutPurpose", [...at, "purposes"], { role: id });
      const register = own(d.registers, may.register);
      for (const [k, category] of may.categories.entries()) {
        const place = [...at, "categories", k];
        const known = own(d.categories, category);
        if (!known || !register) continue;
        if (!register.categories.includes(category))
          yield error("categoryNotInRegister", place, { category, register: may.register });
        else if (may.purposes.length > 0 && !may.purposes.some((purpose) => known.purposes.includes(purpose)))
          yield error("purposeNotOfCategory", place, { category, purpose: may.purposes.join(", ") });
      }
    }
    for (const [n, task] of role.inspects.entries())
      if (role.keeps.includes(task)) yield warning("keptAndInspected", [...path, "inspects", n], { role: id, task });
    for (const [n, right] of role.rights.entries())
      if (!d.rights[right]) yield error("rightNotDeclared", [...path, "rights", n], { right });
  }
};
