//! The rating: one pure function from the cells of a card to a light and its reasons.
//!
//! In this order, per profile:
//! 1. a discontinued system has no rating, its card is an archive;
//! 2. at 30 % unknown or more among gates and strong criteria there is none either;
//! 3. the worst known gate is the ceiling, an unknown gate makes it yellow at best;
//! 4. the median of the strong criteria (the worse of two middle ones) can only lower it.
//!
//! Point 4 keeps the rating monotone: a better fact never leads to a worse rating.
//! Neutral lights are known but carry no weight; findings that are too old count as unknown.

use crate::parse::scalar::{Light, Role, Status};

use super::catalogue::{Catalogue, CriterionId, Profile};
use super::cell::Cell;

/// Unknown share, in percent, from which there is no rating.
const TOO_MUCH_UNKNOWN: usize = 30;

/// A rating with everything that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Green, yellow, red; grey is no rating.
    pub light: Light,
    /// What decided.
    pub reason: Reason,
    /// Every step, in order.
    pub trace: Vec<Step>,
    /// Unknown ones among gates and strong criteria.
    pub unknown: usize,
    /// How many gates and strong criteria there are.
    pub total: usize,
}

/// What decided a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The system cannot be had any more.
    Archived,
    /// Too little is known.
    TooLittleKnown,
    /// This gate is the worst.
    Gate(CriterionId),
    /// This gate is unknown.
    OpenGate(CriterionId),
    /// The strong criteria are worse than the gates.
    Strong,
    /// All gates are met and the strong criteria are green.
    AllMet,
}

/// One step of a rating, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The system is discontinued.
    Archived,
    /// A gate with its light.
    Gate(CriterionId, Light),
    /// A gate that nobody has settled.
    OpenGate(CriterionId),
    /// A gate whose check is too old.
    ExpiredGate(CriterionId),
    /// A gate that is known and carries no weight.
    NeutralGate(CriterionId),
    /// A strong criterion with its light.
    Strong(CriterionId, Light),
    /// A strong criterion that nobody has settled.
    OpenStrong(CriterionId),
    /// A strong criterion whose check is too old.
    ExpiredStrong(CriterionId),
    /// How much is unknown, and whether that is too much.
    Unknown {
        /// Unknown ones.
        unknown: usize,
        /// All gates and strong criteria.
        total: usize,
        /// Whether there can be no rating.
        too_much: bool,
    },
    /// The ceiling that the gates set.
    Ceiling(Light),
    /// The median of the strong criteria, over how many.
    Median(Light, usize),
}

/// Rates a card for a profile.
pub fn rate(status: Status, cells: &[Cell], catalogue: &Catalogue, profile: &Profile) -> Rating {
    if status == Status::Discontinued {
        return Rating { light: Light::Grey, reason: Reason::Archived, trace: vec![Step::Archived], unknown: 0, total: 0 };
    }
    let of_role = |role: Role| (0..catalogue.criteria.len()).filter(move |&index| profile.roles[index] == role);
    let gates: Vec<Step> = of_role(Role::Gate).map(|index| gate_step(index, &cells[index])).collect();
    let strong: Vec<Step> = of_role(Role::Strong).map(|index| strong_step(index, &cells[index])).collect();
    let unknown = gates.iter().chain(&strong).filter(|step| is_unknown(step)).count();
    let total = gates.len() + strong.len();
    let too_much = unknown * 100 >= total * TOO_MUCH_UNKNOWN && unknown > 0;

    let worst = gates.iter().filter_map(|step| if let Step::Gate(index, light) = step { Some((*light, *index)) } else { None });
    let worst = worst.fold(None, |worst: Option<(Light, CriterionId)>, gate| if worst.is_some_and(|worst| worst.0 >= gate.0) { worst } else { Some(gate) });
    let open = gates.iter().find_map(|step| match step {
        Step::OpenGate(index) | Step::ExpiredGate(index) => Some(*index),
        _ => None,
    });
    let mut ceiling = (worst.map_or(Light::Green, |worst| worst.0), worst.map_or(Reason::AllMet, |worst| Reason::Gate(worst.1)));
    if let Some(index) = open.filter(|_| ceiling.0 == Light::Green) {
        ceiling = (Light::Yellow, Reason::OpenGate(index));
    }
    let median = median(&strong);

    let mut trace = gates;
    trace.push(Step::Ceiling(ceiling.0));
    trace.extend(strong.iter().copied());
    if let Some((light, count)) = median {
        trace.push(Step::Median(light, count));
    }
    trace.push(Step::Unknown { unknown, total, too_much });
    let (light, reason) = match median {
        _ if too_much => (Light::Grey, Reason::TooLittleKnown),
        Some((light, _)) if light > ceiling.0 => (light, Reason::Strong),
        _ if ceiling.0 == Light::Green => (Light::Green, Reason::AllMet),
        _ => ceiling,
    };
    Rating { light, reason, trace, unknown, total }
}

fn gate_step(index: CriterionId, cell: &Cell) -> Step {
    match cell.light {
        _ if cell.expired && !cell.parts.is_empty() => Step::ExpiredGate(index),
        Light::Grey => Step::OpenGate(index),
        Light::Neutral => Step::NeutralGate(index),
        light => Step::Gate(index, light),
    }
}

fn strong_step(index: CriterionId, cell: &Cell) -> Step {
    match cell.light {
        _ if cell.expired && !cell.parts.is_empty() => Step::ExpiredStrong(index),
        Light::Grey => Step::OpenStrong(index),
        light => Step::Strong(index, light),
    }
}

fn is_unknown(step: &Step) -> bool {
    matches!(step, Step::OpenGate(_) | Step::ExpiredGate(_) | Step::OpenStrong(_) | Step::ExpiredStrong(_))
}

/// The middle light of the strong criteria that carry weight; of two middle ones the worse.
fn median(strong: &[Step]) -> Option<(Light, usize)> {
    let mut lights: Vec<Light> = strong
        .iter()
        .filter_map(|step| match step {
            Step::Strong(_, light @ (Light::Green | Light::Yellow | Light::Red)) => Some(*light),
            _ => None,
        })
        .collect();
    lights.sort_unstable();
    lights.get(lights.len() / 2).map(|light| (*light, lights.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{cell, scale};
    use super::*;
    use Light::{Green, Grey, Neutral, Red, Yellow};

    /// Rates gates and strong criteria with these lights.
    fn rated(gates: &[Light], strong: &[Light]) -> Rating {
        let (catalogue, profile) = scale(gates.len(), strong.len());
        let cells: Vec<Cell> = gates.iter().chain(strong).map(|light| cell(*light)).collect();
        rate(Status::Active, &cells, &catalogue, &profile)
    }

    #[test]
    fn the_worst_gate_is_the_ceiling() {
        for (gates, strong, light, reason) in [
            (&[Green, Green][..], &[Green][..], Green, Reason::AllMet),
            (&[Green, Yellow], &[Green, Green], Yellow, Reason::Gate(1)),
            (&[Red, Yellow], &[Green, Green], Red, Reason::Gate(0)),
            (&[Neutral, Green], &[Green], Green, Reason::AllMet),
            (&[Yellow, Yellow], &[Green], Yellow, Reason::Gate(0)),
        ] {
            let rating = rated(gates, strong);
            assert_eq!((rating.light, rating.reason), (light, reason), "{gates:?} {strong:?}");
        }
    }

    #[test]
    fn the_median_of_the_strong_criteria_can_only_lower_it() {
        for (gates, strong, light, reason) in [
            (&[Green][..], &[Green, Green, Red][..], Green, Reason::AllMet),
            (&[Green], &[Green, Yellow, Red], Yellow, Reason::Strong),
            (&[Green], &[Green, Yellow], Yellow, Reason::Strong),
            (&[Green], &[Red, Red, Green], Red, Reason::Strong),
            (&[Yellow], &[Red, Red, Green], Red, Reason::Strong),
            (&[Red], &[Green, Green], Red, Reason::Gate(0)),
            (&[Green], &[Neutral, Neutral, Red, Green, Green], Green, Reason::AllMet),
            (&[Green], &[Neutral], Green, Reason::AllMet),
        ] {
            let rating = rated(gates, strong);
            assert_eq!((rating.light, rating.reason), (light, reason), "{gates:?} {strong:?}");
        }
    }

    #[test]
    fn green_demands_that_every_gate_is_known() {
        let rating = rated(&[Green, Grey], &[Green; 6]);
        assert_eq!((rating.light, rating.reason), (Yellow, Reason::OpenGate(1)));
        assert_eq!(rated(&[Red, Grey], &[Green; 6]).light, Red, "an open gate does not soften a red one");
    }

    #[test]
    fn from_thirty_percent_unknown_there_is_no_rating() {
        let with = |unknown: usize| rated(&[Green; 2], &[vec![Grey; unknown], vec![Green; 8 - unknown]].concat());
        assert_eq!((with(2).light, with(2).unknown, with(2).total), (Green, 2, 10));
        assert_eq!((with(3).light, with(3).reason), (Grey, Reason::TooLittleKnown));
        let red = rated(&[Red, Grey], &[Grey, Green]);
        assert_eq!(red.light, Grey);
        assert!(red.trace.contains(&Step::Gate(0, Red)), "the trace still shows what is known");
    }

    #[test]
    fn what_is_too_old_counts_as_unknown_and_says_so() {
        let (catalogue, profile) = scale(1, 4);
        let mut cells: Vec<Cell> = (0..5).map(|_| cell(Green)).collect();
        (cells[0].expired, cells[0].light) = (true, Grey);
        let rating = rate(Status::Active, &cells, &catalogue, &profile);
        assert_eq!((rating.light, rating.unknown), (Yellow, 1));
        assert!(rating.trace.contains(&Step::ExpiredGate(0)));
    }

    #[test]
    fn an_archive_card_has_no_rank() {
        let (catalogue, profile) = scale(1, 1);
        let cells = [cell(Green), cell(Green)];
        let rating = rate(Status::Discontinued, &cells, &catalogue, &profile);
        assert_eq!((rating.light, rating.reason), (Grey, Reason::Archived));
        assert_eq!(rate(Status::Ending, &cells, &catalogue, &profile).light, Green);
    }

    fn lights(count: usize) -> impl Strategy<Value = Vec<Light>> {
        proptest::collection::vec(prop_oneof![Just(Green), Just(Yellow), Just(Red), Just(Neutral)], count)
    }

    proptest! {
        #[test]
        fn a_better_light_never_makes_a_rating_worse(gates in lights(4), strong in lights(6), place in 0..10usize) {
            let before = rated(&gates, &strong);
            let (mut gates, mut strong) = (gates, strong);
            let light = if place < 4 { &mut gates[place] } else { &mut strong[place - 4] };
            *light = match *light { Red => Yellow, Yellow => Green, other => other };
            prop_assert!(rated(&gates, &strong).light <= before.light);
        }
    }
}
