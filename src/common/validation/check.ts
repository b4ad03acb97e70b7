import { ValidateBy } from 'class-validator';

/**
 * A validator from one function that names the fault of a value, in the language of the request, or finds none.
 * @param name the constraint's name in class-validator's errors
 * @param each check the items of a list instead
 */
export function Check(
  name: string,
  faultOf: (value: unknown) => string | undefined,
  each = false,
): PropertyDecorator {
  const firstFault = (value: unknown) =>
    each && Array.isArray(value) ? value.map(faultOf).find((fault) => fault !== undefined) : faultOf(value);
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value) => faultOf(value) === undefined,
        // With `each` this one is given the whole list.
        defaultMessage: (found) => firstFault(found?.value) ?? '',
      },
    },
    { each },
  );
}
