/** After "#": the customer's page with the dialog of the own card open. */
export const OWN_CARD = "own-card";
