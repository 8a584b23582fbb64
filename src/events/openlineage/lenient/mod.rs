//! JSON values taken as they come. Writers of events are many and their versions more: a value of
//! another type than it should be is never an error, but absent, and says so where that matters.
//! Texts are borrowed from the record where nothing in them is escaped. Knows no field's meaning.
/// A value that another can stand in the place of.
pub(super) trait Lenient: Default {
    /// What is made of something else.
    fn wrong() -> Self {
        Self::default()
    }
}

/// What stands where an object was expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, or null.
    #[default]
    Nothing,
    Object,
    Other,
}

/// An object, which may be absent.
pub(super) trait Object {
    fn found(&self) -> Found;

    fn is_there(&self) -> bool {
        self.found() == Found::Object
    }

    fn is_wrong(&self) -> bool {
        self.found() == Found::Other
    }
}

/// What a visitor makes of values of other types: the methods are named by what they take.
macro_rules! otherwise {
    ($($kind:ident)*) => {
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("any value")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Default::default())
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($crate::events::openlineage::lenient::Lenient::wrong())
        }

        $(otherwise!(@ $kind);)*
    };
    (@ numbers) => {
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($crate::events::openlineage::lenient::Lenient::wrong())
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($crate::events::openlineage::lenient::Lenient::wrong())
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($crate::events::openlineage::lenient::Lenient::wrong())
        }
    };
    (@ texts) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($crate::events::openlineage::lenient::Lenient::wrong())
        }
    };
    (@ lists) => {
        fn visit_seq<A: serde::de::SeqAccess<'de>>(
            self,
            mut list: A,
        ) -> Result<Self::Value, A::Error> {
            while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            Ok($crate::events::openlineage::lenient::Lenient::wrong())
        }
    };
    (@ objects) => {
        fn visit_map<A: serde::de::MapAccess<'de>>(
            self,
            mut object: A,
        ) -> Result<Self::Value, A::Error> {
            while object.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
            Ok($crate::events::openlineage::lenient::Lenient::wrong())
        }
    };
}

/// Declares objects by the members that matter; of one given twice, the last stands.
macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident { $($key:literal => $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default)]
        pub(super) struct $name<'a> {
            $(pub(super) $field: $type,)*
            found: $crate::events::openlineage::lenient::Found,
            lifetime: std::marker::PhantomData<&'a ()>,
        }

        impl $crate::events::openlineage::lenient::Lenient for $name<'_> {
            fn wrong() -> Self {
                use $crate::events::openlineage::lenient::Found;
                Self { found: Found::Other, ..Self::default() }
            }
        }

        impl $crate::events::openlineage::lenient::Object for $name<'_> {
            fn found(&self) -> $crate::events::openlineage::lenient::Found {
                self.found
            }
        }

        impl<'de> serde::Deserialize<'de> for $name<'de> {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Visit;

                impl<'de> serde::de::Visitor<'de> for Visit {
                    type Value = $name<'de>;

                    otherwise!(numbers texts lists);

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut object: A,
                    ) -> Result<Self::Value, A::Error> {
                        use $crate::events::openlineage::lenient::{Found, Key};
                        let mut found = $name { found: Found::Object, ..$name::default() };
                        while let Some(Key(key)) = object.next_key()? {
                            match &*key {
                                $($key => found.$field = object.next_value()?,)*
                                _ => {
                                    object.next_value::<serde::de::IgnoredAny>()?;
                                }
                            }
                        }
                        Ok(found)
                    }
                }

                from.deserialize_any(Visit)
            }
        }
    )*};
}

pub(super) use {objects, otherwise};

mod containers;
mod texts;

pub(super) use containers::{List, Pairs, Values};
pub(super) use texts::{Key, Text, Whole};
