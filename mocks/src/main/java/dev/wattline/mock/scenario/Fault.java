package dev.wattline.mock.scenario;

/**
 * One thing that goes wrong.
 *
 * @param when its occasion
 * @param action what happens then
 */
public record Fault(Trigger when, FaultAction action) {

    /**
     * @throws IllegalArgumentException if the action makes no sense on this occasion
     */
    public Fault {
        if (!action.possibleAt(when)) {
            throw new IllegalArgumentException("'" + action.word() + "' cannot happen " + when.phrase());
        }
    }
}
